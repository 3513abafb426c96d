/// What measurements stand on: one clock for all processes of this machine, and delays in few
/// bytes.
@NullMarked
package org.maplebridge.load.measure;

import org.jspecify.annotations.NullMarked;
