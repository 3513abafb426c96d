/// Who may be called, by a file of the operator's.
@NullMarked
package org.maplebridge.signaling.mediation.consultation;

import org.jspecify.annotations.NullMarked;
