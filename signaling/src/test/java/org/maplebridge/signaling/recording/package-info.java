/// What is recorded, and for how long it is kept.
@NullMarked
package org.maplebridge.signaling.recording;

import org.jspecify.annotations.NullMarked;
