/// Hours of a county's coming, talking and leaving in minutes: does anything grow?
@NullMarked
package org.maplebridge.load.soak;

import org.jspecify.annotations.NullMarked;
