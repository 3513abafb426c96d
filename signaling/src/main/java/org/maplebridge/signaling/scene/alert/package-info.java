/// Calls for help, as this node knows and tells them.
@NullMarked
package org.maplebridge.signaling.scene.alert;

import org.jspecify.annotations.NullMarked;
