/// REST under `/api`, the pages, and how errors look: thin shells that ask and show.
@NullMarked
package org.maplebridge.signaling.http;

import org.jspecify.annotations.NullMarked;
