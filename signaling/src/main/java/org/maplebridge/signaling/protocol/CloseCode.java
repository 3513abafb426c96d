package org.maplebridge.signaling.protocol;

/// Why the server ended a socket. 4xxx are ours (RFC 6455 §7.4.2).
public enum CloseCode {
    GOING_AWAY(1001, "node going down"),
    SLOW_READER(1013, "too slow a reader"),
    PROTOCOL_BREACH(4400, "protocol breach"),
    TOKEN_ENDED(4401, "token expired or revoked"),
    NO_SIGN_OF_LIFE(4408, "no sign of life"),
    TAKEN_OVER(4409, "taken over by a newer connection"),
    MESSAGE_TOO_LARGE(4413, "message too large"),
    TOO_MANY_MESSAGES(4429, "too many messages");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }
}
