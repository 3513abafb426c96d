/// Spans on their way to a collector, and a collector for tests.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.trace.otlp;
