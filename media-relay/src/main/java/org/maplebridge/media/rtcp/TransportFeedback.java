package org.maplebridge.media.rtcp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Reads transport-wide congestion control feedback.
///
/// ```
/// |      base sequence number     |      packet status count      |   bytes 12 to 15
/// |                 reference time                | fb pkt. count |   bytes 16 to 19
/// |          packet chunk         |         packet chunk ...      |   then receive deltas
/// ```
///
/// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.
public final class TransportFeedback {
    /// Packets one feedback may tell of here: 8 s of the fastest sender. The format allows 65,535
    /// in a few bytes, which only somebody who wants to keep us busy would use.
    public static final int MAX_PACKETS = 8_192;

    static final int FIXED_LENGTH = 20;

    /// Status symbols (§3.1.1); the last one, 3, is reserved and taken as not received.
    static final int NOT_RECEIVED = 0;

    static final int SMALL_DELTA = 1;
    static final int LARGE_DELTA = 2;

    /// Reference time counts 64 ms, deltas count 250 µs.
    static final int REFERENCE_TICKS = 256;

    /// Hears one packet's fate after the other, in sequence order.
    public interface Arrivals {
        /// @param ticks250us arrival in quarter milliseconds, on a receiver's clock that begins
        ///   anew after 2^24 × 64 ms; a first delta below zero may lead just below 0
        void received(int seq16, long ticks250us);

        void missing(int seq16);
    }

    private TransportFeedback() {}

    /// @param offset of the RTCP header, as [RtcpVisitor#transportFeedback] gives it
    /// @return how many packets it tells of, or a [DropReason] code; then `arrivals` has heard
    ///   nothing
    public static int read(byte[] data, int offset, int length, Arrivals arrivals) {
        if (length < FIXED_LENGTH) {
            return DropReason.MALFORMED.code();
        }
        int count = Bytes.u16(data, offset + 14);
        int deltas = deltasAt(data, offset, length, count);
        if (deltas < 0) {
            return deltas;
        }
        walk(data, offset, count, offset + deltas, arrivals);
        return count;
    }

    /// The feedback packet's own 8-bit counter: a gap means that feedback was lost.
    public static int feedbackCount(byte[] data, int offset) {
        return Bytes.u8(data, offset + 19);
    }

    public static int baseSequence(byte[] data, int offset) {
        return Bytes.u16(data, offset + 12);
    }

    /// Where the deltas begin, relative to the packet, when all of them are there.
    private static int deltasAt(byte[] data, int offset, int length, int count) {
        if (count > MAX_PACKETS) {
            return DropReason.OUT_OF_RANGE.code();
        }
        int at = FIXED_LENGTH;
        int deltaBytes = 0;
        int told = 0;
        while (told < count) {
            if (at + 2 > length) {
                return DropReason.MALFORMED.code();
            }
            int chunk = Bytes.u16(data, offset + at);
            int symbols = Math.min(symbols(chunk), count - told);
            for (int i = 0; i < symbols; i++) {
                deltaBytes += deltaLength(symbol(chunk, i));
            }
            told += symbols;
            at += 2;
        }
        return at + deltaBytes <= length ? at : DropReason.MALFORMED.code();
    }

    private static void walk(
            byte[] data, int offset, int count, int firstDelta, Arrivals arrivals) {
        int seq = baseSequence(data, offset);
        // Signed in the draft; as arrivals are compared on a circle, unsigned serves as well.
        long ticks = (long) Bytes.u24(data, offset + 16) * REFERENCE_TICKS;
        int chunkAt = offset + FIXED_LENGTH;
        int deltaAt = firstDelta;
        for (int told = 0; told < count; chunkAt += 2) {
            int chunk = Bytes.u16(data, chunkAt);
            int symbols = Math.min(symbols(chunk), count - told);
            for (int i = 0; i < symbols; i++, told++, seq++) {
                int symbol = symbol(chunk, i);
                if (symbol == SMALL_DELTA) {
                    ticks += Bytes.u8(data, deltaAt);
                } else if (symbol == LARGE_DELTA) {
                    ticks += (short) Bytes.u16(data, deltaAt);
                } else {
                    arrivals.missing(seq & 0xffff);
                    continue;
                }
                deltaAt += deltaLength(symbol);
                arrivals.received(seq & 0xffff, ticks);
            }
        }
    }

    private static int deltaLength(int symbol) {
        return symbol == SMALL_DELTA ? 1 : symbol == LARGE_DELTA ? 2 : 0;
    }

    /// How many packets a chunk tells of: a run's length, or a vector's 14 or 7 (§3.1.3, §3.1.4).
    private static int symbols(int chunk) {
        if ((chunk & 0x8000) == 0) {
            return chunk & 0x1fff;
        }
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int chunk, int index) {
        if ((chunk & 0x8000) == 0) {
            return chunk >> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >> (13 - index) & 1 : chunk >> (12 - 2 * index) & 3;
    }
}
