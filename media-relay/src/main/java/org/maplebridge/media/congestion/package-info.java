/// How fast the way to and from a peer is: arrival feedback now, estimates of our own later.
@NullMarked
package org.maplebridge.media.congestion;

import org.jspecify.annotations.NullMarked;
