/// One county on several real nodes: what people notice when one of them dies.
@NullMarked
package org.maplebridge.load.cluster;

import org.jspecify.annotations.NullMarked;
