@NullMarked
package org.maplebridge.signaling.scene.node;

import org.jspecify.annotations.NullMarked;
