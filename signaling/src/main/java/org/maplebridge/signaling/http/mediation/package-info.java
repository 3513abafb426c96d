/// Mediations over REST: who manages them, who was invited, and what is taken home.
@NullMarked
package org.maplebridge.signaling.http.mediation;

import org.jspecify.annotations.NullMarked;
