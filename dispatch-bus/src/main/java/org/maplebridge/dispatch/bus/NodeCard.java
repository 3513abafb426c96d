package org.maplebridge.dispatch.bus;

import org.maplebridge.dispatch.model.MemberId;

/// How people reach a node, and whether they should.
///
/// @param url scheme, host and port under which it is reached; no path
/// @param load 0 (idle) to 1 (full), as it was last told
public record NodeCard(MemberId member, String url, State state, double load) {
    public enum State {
        UP,
        /// It still serves who is there and wants them to go elsewhere.
        DRAINING
    }

    public NodeCard {
        if (!(load >= 0 && load <= 1)) {
            throw new IllegalArgumentException("load " + load);
        }
    }
}
