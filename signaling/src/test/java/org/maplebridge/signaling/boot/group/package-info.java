/// Talk groups through a node's doors.
@NullMarked
package org.maplebridge.signaling.boot.group;

import org.jspecify.annotations.NullMarked;
