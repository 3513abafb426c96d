/// Ports to what is kept of incidents so that they can be gone through again.
@NullMarked
package org.maplebridge.dispatch.store.recording;

import org.jspecify.annotations.NullMarked;
