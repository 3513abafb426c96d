/// Tests of what people at a table do.
@NullMarked
package org.maplebridge.signaling.command.mediation;

import org.jspecify.annotations.NullMarked;
