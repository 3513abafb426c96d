/// An incident gone through again: whatever of it the person who asks may see and hear, on one
/// clock.
@NullMarked
package org.maplebridge.signaling.replay;

import org.jspecify.annotations.NullMarked;
