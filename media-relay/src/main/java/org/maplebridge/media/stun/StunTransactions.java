package org.maplebridge.media.stun;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// Transaction ids of the checks one session sends: a mark that says whose they are, and a number
/// that rises.
///
/// By the mark the answers find their session, wherever they arrive; by the number the one asked
/// knows a check it has seen. RFC 8489 §6 wants all 96 bits random, so that nobody beside the path
/// answers in another's place: 64 of the mark are, and an answer must carry its MESSAGE-INTEGRITY.
///
/// Thread: its session's loop.
public final class StunTransactions {
    private static final int MARK_LENGTH = 8;

    /// No character of a user name fragment (RFC 8839 §5.1): the two are never taken for each
    /// other.
    private static final String MARK_SIGN = "#";

    private final byte[] mark = new byte[MARK_LENGTH];
    private int number;

    /// @param random a cryptographic source
    public StunTransactions(RandomGenerator random) {
        random.nextBytes(mark);
    }

    /// As [StunAddressee] reads it from an answer.
    public String mark() {
        return mark(mark, 0);
    }

    /// The next check's number: 1, 2, 3…
    public long next() {
        return Integer.toUnsignedLong(++number);
    }

    /// The transaction id of the check of this number.
    public byte[] id(long ofNumber) {
        byte[] id = new byte[StunBytes.TRANSACTION_ID_LENGTH];
        System.arraycopy(mark, 0, id, 0, MARK_LENGTH);
        for (int i = 0; i < 4; i++) {
            id[MARK_LENGTH + i] = (byte) (ofNumber >>> 24 - 8 * i);
        }
        return id;
    }

    /// The number in a message's transaction id. Proves nothing; 0 when there is no whole header.
    public static long number(byte[] data, int offset, int length) {
        return length < StunBytes.HEADER_LENGTH
                ? 0
                : StunBytes.int32(data, offset + StunBytes.TRANSACTION_ID_AT + MARK_LENGTH)
                        & 0xffff_ffffL;
    }

    static String mark(byte[] data, int at) {
        return MARK_SIGN + new String(data, at, MARK_LENGTH, StandardCharsets.ISO_8859_1);
    }
}
