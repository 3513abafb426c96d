/// What is done to three nodes under load: each part has nodes, people and a history of its own and
/// can be played alone.
@NullMarked
package org.maplebridge.load.cluster.part;

import org.jspecify.annotations.NullMarked;
