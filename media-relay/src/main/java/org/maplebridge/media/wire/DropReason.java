package org.maplebridge.media.wire;

/// Why a datagram or packet went no further. Each is a counter; none is ever logged per packet.
///
/// Hot cores that return an `int` length answer [#code()] (negative) instead of throwing.
public enum DropReason {
    /// No leg has proved this remote address by an authenticated check.
    UNKNOWN_SENDER,
    /// First bytes belong to no protocol of the port (RFC 7983).
    UNKNOWN_KIND,
    /// Too short, or lengths inside do not add up.
    MALFORMED,
    /// Longer than [Datagrams#MAX_LENGTH].
    OVERSIZED,
    STUN_MALFORMED,
    /// No session has this local user name fragment.
    STUN_UNKNOWN_USER,
    /// MESSAGE-INTEGRITY absent or wrong (RFC 8489 §9.1).
    STUN_UNAUTHENTICATED,
    /// A check seen before, or an answer to no check of ours.
    STUN_REPLAYED,
    /// The session already has as many remote addresses as it may.
    TOO_MANY_PATHS,
    DTLS_QUEUE_FULL,
    /// Media before the DTLS handshake gave keys.
    NO_KEYS,
    /// SRTP or SRTCP authentication failed.
    SRTP_UNAUTHENTICATED,
    /// Seen before, or older than the replay window (RFC 3711 §3.3.2).
    SRTP_REPLAYED,
    /// The leg already has as many synchronisation sources as it may.
    TOO_MANY_STREAMS,
    /// No negotiated stream takes this SSRC, MID or payload type.
    UNKNOWN_STREAM,
    DUPLICATE,
    /// So far behind or ahead that it can only be an error.
    OUT_OF_RANGE,
    /// This talker has lost the floor, or not got it yet: then it may still be heard.
    NO_FLOOR,
    /// Waiting for a key frame after a change of source.
    AWAITING_KEY_FRAME,
    /// Padding or probe without payload.
    EMPTY,
    /// The kernel took no more.
    SEND_REFUSED;

    private static final DropReason[] ALL = values();

    /// The negative `int` by which a hot method answers "dropped for this reason".
    @SuppressWarnings("EnumOrdinal") // lives within one process only
    public int code() {
        return -1 - ordinal();
    }

    /// The reason behind a negative answer.
    public static DropReason ofCode(int code) {
        return ALL[-1 - code];
    }
}
