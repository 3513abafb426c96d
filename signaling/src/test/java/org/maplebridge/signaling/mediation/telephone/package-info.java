/// Tests of what callers are told.
@NullMarked
package org.maplebridge.signaling.mediation.telephone;

import org.jspecify.annotations.NullMarked;
