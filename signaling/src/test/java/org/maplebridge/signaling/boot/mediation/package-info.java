@NullMarked
package org.maplebridge.signaling.boot.mediation;

import org.jspecify.annotations.NullMarked;
