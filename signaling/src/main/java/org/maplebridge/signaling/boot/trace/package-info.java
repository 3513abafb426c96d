/// Traces: settings and wiring.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.boot.trace;
