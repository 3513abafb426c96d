/// What is kept of what goes on, so that an incident can be gone through again later.
@NullMarked
package org.maplebridge.signaling.recording;

import org.jspecify.annotations.NullMarked;
