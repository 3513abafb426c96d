/// Talk groups: which there are, who listens to which, and what people change about them.
@NullMarked
package org.maplebridge.signaling.group;

import org.jspecify.annotations.NullMarked;
