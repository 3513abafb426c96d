/// Private calls, of one node and of several, how calls are raised, and who wants to be called
/// back.
@NullMarked
package org.maplebridge.signaling.scene.call;

import org.jspecify.annotations.NullMarked;
