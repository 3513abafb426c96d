/// What mediations need: settings and wiring.
@NullMarked
package org.maplebridge.signaling.boot.mediation;

import org.jspecify.annotations.NullMarked;
