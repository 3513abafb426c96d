/// Meetings that are called together by one press: who may call whom, and how that goes.
@NullMarked
package org.maplebridge.signaling.mediation.consultation;

import org.jspecify.annotations.NullMarked;
