/// The bus on Hazelcast: the only code that knows it.
@NullMarked
package org.maplebridge.dispatch.hazelcast;

import org.jspecify.annotations.NullMarked;
