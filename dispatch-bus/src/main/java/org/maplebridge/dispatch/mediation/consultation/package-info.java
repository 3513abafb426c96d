/// Consultations: who is called together by one press, and who sat there how long.
@NullMarked
package org.maplebridge.dispatch.mediation.consultation;

import org.jspecify.annotations.NullMarked;
