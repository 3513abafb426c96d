package org.maplebridge.signaling.trace;

import java.util.List;

/// Where finished spans go: the port to a collector.
///
/// Thread: any; never waits, never fails.
@FunctionalInterface
public interface SpanSink {
    void take(List<Span> spans);
}
