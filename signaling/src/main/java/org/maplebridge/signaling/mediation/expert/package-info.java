/// Who can be asked into a mediation that goes on, and how they are rung.
@NullMarked
package org.maplebridge.signaling.mediation.expert;

import org.jspecify.annotations.NullMarked;
