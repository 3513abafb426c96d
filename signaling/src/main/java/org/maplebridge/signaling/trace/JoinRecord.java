package org.maplebridge.signaling.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is known of one join, and the spans that tell it.
///
/// Pure, immutable.
///
/// @param node on which it happened
/// @param session empty when there was none
/// @param kind `console`, `terminal`, `table`; empty when nothing was said yet
/// @param how `fresh`, `moved` from another node, or `resumed`
/// @param beganNanos when the upgrade's first byte came
/// @param ends when each part that came about was done
record JoinRecord(
        String node,
        String session,
        String kind,
        String how,
        long beganNanos,
        Map<JoinPart, Long> ends) {
    static final String NAME = "join";

    /// How it came out.
    ///
    /// @param word `connected`, `resumed`, `no-media` (nobody offered any), `refused`, `left` or
    ///   `lost`
    /// @param cause the refusal's or the loss's code; empty when nothing went wrong
    /// @param failedNanos when it went wrong; null when it did not
    record Outcome(String word, String cause, @Nullable Long failedNanos) {
        static Outcome good(String word) {
            return new Outcome(word, "", null);
        }
    }

    JoinRecord {
        ends = Map.copyOf(ends);
    }

    JoinRecord done(JoinPart part, long atNanos) {
        if (ends.containsKey(part)) {
            return this;
        }
        var more = new LinkedHashMap<>(ends);
        more.put(part, atNanos);
        return new JoinRecord(node, session, kind, how, beganNanos, more);
    }

    JoinRecord named(String sessionNow, String kindNow, String howNow) {
        return new JoinRecord(node, sessionNow, kindNow, howNow, beganNanos, ends);
    }

    boolean has(JoinPart part) {
        return ends.containsKey(part);
    }

    /// A session's first join is found by the session's id; what takes it up again is another one.
    String subject() {
        return how.equals("resumed") || session.isEmpty()
                ? session + "@" + node + "/" + beganNanos
                : session;
    }

    /// The whole first, then its parts without a gap and without overlap: each begins when the one
    /// before it was done. One that was done before its turn took no time of its own and is left
    /// out. Where it went wrong, the part that did not come about is told as failed.
    List<Span> spans(Outcome outcome, LongUnaryOperator epoch) {
        var subject = subject();
        var trace = TraceIds.trace(subject);
        var root = TraceIds.root(subject);
        var parts = new ArrayList<Span>();
        long at = beganNanos;
        @Nullable JoinPart missing = null;
        for (var part : JoinPart.values()) {
            @Nullable Long end = ends.get(part);
            if (end == null) {
                missing = missing == null ? part : missing;
            } else {
                missing = null;
                if (end > at) {
                    parts.add(part(trace, root, part.span(), at, end, epoch, false));
                    at = end;
                }
            }
        }
        @Nullable Long failed = outcome.failedNanos();
        if (failed != null && missing != null && failed > at) {
            parts.add(part(trace, root, missing.span(), at, failed, epoch, true));
            at = failed;
        }
        var all = new ArrayList<Span>();
        all.add(
                new Span(
                        trace,
                        root,
                        "",
                        NAME,
                        epoch.applyAsLong(beganNanos),
                        epoch.applyAsLong(at),
                        attributes(outcome),
                        failed != null));
        all.addAll(parts);
        return all;
    }

    /// What comes after media are connected: the first packet of one way.
    Span firstPacket(String name, long atNanos, LongUnaryOperator epoch) {
        var subject = subject();
        @Nullable Long connected = ends.get(JoinPart.DTLS);
        long from = connected == null ? beganNanos : connected;
        return part(
                TraceIds.trace(subject),
                TraceIds.root(subject),
                name,
                from,
                Math.max(from, atNanos),
                epoch,
                false);
    }

    private Span part(
            String trace,
            String root,
            String name,
            long from,
            long to,
            LongUnaryOperator epoch,
            boolean failed) {
        long start = epoch.applyAsLong(from);
        long end = epoch.applyAsLong(to);
        var id = TraceIds.span(trace, node, name, start, end);
        return new Span(trace, id, root, name, start, end, Map.of("node", node), failed);
    }

    private Map<String, String> attributes(Outcome outcome) {
        var words = new LinkedHashMap<String, String>();
        words.put("node", node);
        words.put("outcome", outcome.word());
        put(words, "cause", outcome.cause());
        put(words, "session", session);
        put(words, "client", kind);
        put(words, "session.begin", how);
        return words;
    }

    private static void put(Map<String, String> words, String key, String value) {
        if (!value.isEmpty()) {
            words.put(key, value);
        }
    }
}
