package org.maplebridge.dispatch.bus;

import java.util.Map;
import org.maplebridge.dispatch.model.MemberId;

/// One thing told to all nodes: words and ids only.
///
/// @param from who published it
/// @param kind what happened, a word of the topic
/// @param subject id of what it happened to
public record Envelope(MemberId from, String kind, String subject, Map<String, String> fields) {
    public Envelope {
        fields = Map.copyOf(fields);
    }
}
