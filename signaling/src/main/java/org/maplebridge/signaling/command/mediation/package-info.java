/// What people at a mediation's table can do with what their pages say.
@NullMarked
package org.maplebridge.signaling.command.mediation;

import org.jspecify.annotations.NullMarked;
