package org.maplebridge.signaling.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The spans of one order. Its id is in none of them: the trace's id is made of it, on each node
/// alike.
///
/// Pure.
///
/// @param order the order's id
final class OrderSpans {
    static final String ROOT = "order";
    private static final String OK = "ok";

    private final String trace;
    private final String root;
    private final String node;

    OrderSpans(String order, String node) {
        trace = TraceIds.trace(order);
        root = TraceIds.root(order);
        this.node = node;
    }

    String trace() {
        return trace;
    }

    /// From the frame to the answer, as who placed it waited for it.
    Span placed(boolean spoken, long startNanos, long endNanos) {
        var words = words(OK);
        words.put("order.form", spoken ? "spoken" : "written");
        return new Span(trace, root, "", ROOT, startNanos, endNanos, words, false);
    }

    /// It was never placed; the same id may be used again, so this is not the trace's first span.
    Span refused(String code, long startNanos, long endNanos) {
        var id = TraceIds.span(trace, node, ROOT, startNanos, endNanos);
        return new Span(trace, id, "", ROOT, startNanos, endNanos, words(code), true);
    }

    /// @param more attributes beside node and outcome
    /// @param outcome `ok`, or a refusal's code
    Span part(
            OrderPart part,
            Map<String, String> more,
            String outcome,
            long startNanos,
            long endNanos) {
        var words = words(outcome);
        words.putAll(more);
        var name = part.span() + new TreeMap<>(more);
        return new Span(
                trace,
                TraceIds.span(trace, node, name, startNanos, endNanos),
                root,
                part.span(),
                startNanos,
                endNanos,
                words,
                !outcome.equals(OK));
    }

    private Map<String, String> words(String outcome) {
        var words = new LinkedHashMap<String, String>();
        words.put("node", node);
        words.put("outcome", outcome);
        return words;
    }
}
