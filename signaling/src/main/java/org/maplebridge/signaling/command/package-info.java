/// What each message does: one handler class for each family, behind one permission table.
@NullMarked
package org.maplebridge.signaling.command;

import org.jspecify.annotations.NullMarked;
