/// Private calls of this node, how calls are raised, and who wants to be called back.
@NullMarked
package org.maplebridge.signaling.scene.call;

import org.jspecify.annotations.NullMarked;
