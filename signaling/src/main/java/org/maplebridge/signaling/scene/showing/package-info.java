/// Who may see whose live picture.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.scene.showing;
