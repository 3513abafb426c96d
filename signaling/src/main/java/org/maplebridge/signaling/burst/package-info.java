/// What was said: kept, told to who missed it, heard again, and made an order when that was wished.
@NullMarked
package org.maplebridge.signaling.burst;

import org.jspecify.annotations.NullMarked;
