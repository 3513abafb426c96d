package org.maplebridge.load.ground;

import java.util.List;

/// Where nodes run.
public interface Places {
    /// The one address that a node binds.
    String address(int node);

    /// What is said before the command that starts a node, so that it runs there.
    List<String> prefix(int node);

    /// All of them on this machine's loopback.
    static Places loopback() {
        return new Places() {
            @Override
            public String address(int node) {
                return "127.0.0.1";
            }

            @Override
            public List<String> prefix(int node) {
                return List.of();
            }
        };
    }
}
