/// Tests of papers.
@NullMarked
package org.maplebridge.signaling.mediation.paper;

import org.jspecify.annotations.NullMarked;
