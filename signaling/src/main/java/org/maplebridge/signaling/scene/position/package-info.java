/// Where units are, and telling it to those who see them.
@NullMarked
package org.maplebridge.signaling.scene.position;

import org.jspecify.annotations.NullMarked;
