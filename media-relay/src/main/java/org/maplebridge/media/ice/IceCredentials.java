package org.maplebridge.media.ice;

/// User name fragment and password of one side of a session (RFC 8839 §5.4).
public record IceCredentials(String fragment, String password) {
    @Override
    public String toString() {
        return "IceCredentials[" + fragment + ", ***]";
    }
}
