/// What the nodes of a scenario stand on: a network that can be cut, a database, a Redis, each a
/// process of its own that can be taken away and given back.
@NullMarked
package org.maplebridge.load.ground;

import org.jspecify.annotations.NullMarked;
