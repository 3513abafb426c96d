/// Mediations on a whole node: guests, rooms, texts, papers.
@NullMarked
package org.maplebridge.signaling.boot.mediation;

import org.jspecify.annotations.NullMarked;
