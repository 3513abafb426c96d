/// What a node does when its processor does not keep up: new pictures are refused first, then
/// pictures become smaller, then they pause. Voice is never touched.
@NullMarked
package org.maplebridge.signaling.load;

import org.jspecify.annotations.NullMarked;
