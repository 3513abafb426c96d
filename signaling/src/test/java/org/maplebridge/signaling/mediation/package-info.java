/// What is sealed.
@NullMarked
package org.maplebridge.signaling.mediation;

import org.jspecify.annotations.NullMarked;
