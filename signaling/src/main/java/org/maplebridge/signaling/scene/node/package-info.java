/// Which nodes there are for people, how busy each is, and what a session takes along from one to
/// another.
@NullMarked
package org.maplebridge.signaling.scene.node;

import org.jspecify.annotations.NullMarked;
