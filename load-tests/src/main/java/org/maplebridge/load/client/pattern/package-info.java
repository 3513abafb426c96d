/// When what is published leaves, and how long it is.
@NullMarked
package org.maplebridge.load.client.pattern;

import org.jspecify.annotations.NullMarked;
