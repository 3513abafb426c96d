/// What a unit says of itself and whether it is there.
@NullMarked
package org.maplebridge.dispatch.unit;

import org.jspecify.annotations.NullMarked;
