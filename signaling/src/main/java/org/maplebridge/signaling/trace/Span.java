package org.maplebridge.signaling.trace;

import java.util.Map;

/// One piece of work of a trace, done. Words in it are ours, ids are random: never a name, a place,
/// or what somebody said.
///
/// @param trace 32 hexadecimal digits
/// @param id 16 hexadecimal digits
/// @param parent of the span that it is a part of; empty for the first of a trace
/// @param startNanos since 1970, as `endNanos`
/// @param failed whether it did not come to what it was for
public record Span(
        String trace,
        String id,
        String parent,
        String name,
        long startNanos,
        long endNanos,
        Map<String, String> attributes,
        boolean failed) {
    public Span {
        attributes = Map.copyOf(attributes);
    }
}
