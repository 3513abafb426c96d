/// Links between nodes: agreed keys, proved paths, and the sections both make by rule.
@NullMarked
package org.maplebridge.media.link;

import org.jspecify.annotations.NullMarked;
