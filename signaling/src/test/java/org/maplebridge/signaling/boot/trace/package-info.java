/// Traces of whole nodes, as a collector gets them.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.boot.trace;
