/// All legs and lines of one media loop: who hears and sees whom, step by step.
@NullMarked
package org.maplebridge.media.relay;

import org.jspecify.annotations.NullMarked;
