package org.maplebridge.media.rtcp;

/// Collects the fates of consecutive packets and writes them as one transport-wide feedback packet
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).
///
/// Thread: its media loop.
public final class TransportFeedbackWriter {
    private static final int MOST_IN_A_RUN = 0x1fff;
    private static final int SMALL_VECTOR = 14;
    private static final int LARGE_VECTOR = 7;

    private final byte[] symbols = new byte[TransportFeedback.MAX_PACKETS];
    private final short[] deltas = new short[TransportFeedback.MAX_PACKETS];
    private int count;
    private int baseSeq16;
    private int reference;
    private long lastTicks;

    /// Begins with the first packet's number.
    ///
    /// @param firstTicks250us when the first one received of them arrived
    public void begin(int baseSeq16, long firstTicks250us) {
        this.baseSeq16 = baseSeq16;
        long round = Math.floorDiv(firstTicks250us, (long) TransportFeedback.REFERENCE_TICKS);
        reference = (int) round & 0xff_ffff;
        lastTicks = round * TransportFeedback.REFERENCE_TICKS;
        count = 0;
    }

    /// The next packet arrived.
    ///
    /// @return false when it must go to another feedback: too many, or more than 8 s from the one
    ///   before
    public boolean received(long ticks250us) {
        long delta = ticks250us - lastTicks;
        if (count == symbols.length || delta != (short) delta) {
            return false;
        }
        boolean small = delta >= 0 && delta <= 0xff;
        symbols[count] =
                (byte) (small ? TransportFeedback.SMALL_DELTA : TransportFeedback.LARGE_DELTA);
        deltas[count] = (short) delta;
        lastTicks = ticks250us;
        count++;
        return true;
    }

    /// The next packet did not arrive so far.
    ///
    /// @return false when it must go to another feedback
    public boolean missing() {
        if (count == symbols.length) {
            return false;
        }
        symbols[count++] = TransportFeedback.NOT_RECEIVED;
        return true;
    }

    /// Writes as many of the collected fates as there is room for.
    ///
    /// @param feedbackCount one more with each feedback packet
    /// @return how many packets were told of; 0 when nothing was written
    public int write(RtcpWriter out, int senderSsrc, int mediaSsrc, int feedbackCount) {
        int room = out.room() - TransportFeedback.FIXED_LENGTH;
        int told = 0;
        int chunkBytes = 0;
        int deltaBytes = 0;
        while (told < count) {
            int covered = covered(told);
            int more = deltaBytes(told, told + covered);
            if (((chunkBytes + 2 + deltaBytes + more + 3) & ~3) > room) {
                break;
            }
            told += covered;
            chunkBytes += 2;
            deltaBytes += more;
        }
        if (told == 0) {
            return 0;
        }
        int entries = 8 + ((chunkBytes + deltaBytes + 3) & ~3);
        int at =
                out.feedback(
                        RtcpHeader.TRANSPORT_FEEDBACK,
                        RtcpHeader.TRANSPORT_WIDE,
                        senderSsrc,
                        mediaSsrc,
                        entries);
        out.put32(at + 8 + entries, 0); // zeros behind the last delta, up to the word
        out.put16(at + 12, baseSeq16);
        out.put16(at + 14, told);
        out.put32(at + 16, reference << 8 | (feedbackCount & 0xff));
        writeChunks(out, at + TransportFeedback.FIXED_LENGTH, told);
        writeDeltas(out, at + TransportFeedback.FIXED_LENGTH + chunkBytes, told);
        return told;
    }

    private void writeChunks(RtcpWriter out, int from, int told) {
        int at = from;
        for (int first = 0; first < told; at += 2) {
            int covered = covered(first);
            out.put16(at, chunk(first, covered));
            first += covered;
        }
    }

    private void writeDeltas(RtcpWriter out, int from, int told) {
        int at = from;
        for (int i = 0; i < told; i++) {
            if (symbols[i] == TransportFeedback.SMALL_DELTA) {
                out.put8(at, deltas[i]);
                at += 1;
            } else if (symbols[i] == TransportFeedback.LARGE_DELTA) {
                out.put16(at, deltas[i]);
                at += 2;
            }
        }
    }

    /// How many packets the best chunk that begins here tells of: the longer of run and vector. The
    /// same answer at every call, so that sizing and writing agree.
    private int covered(int first) {
        return Math.max(run(first), vector(first));
    }

    private int run(int first) {
        int end = Math.min(count, first + MOST_IN_A_RUN);
        int next = first + 1;
        while (next < end && symbols[next] == symbols[first]) {
            next++;
        }
        return next - first;
    }

    private int vector(int first) {
        int slots = isLargeVector(first) ? LARGE_VECTOR : SMALL_VECTOR;
        return Math.min(count - first, slots);
    }

    /// Whether two bits per packet are needed within reach of the wider vector.
    private boolean isLargeVector(int first) {
        int end = Math.min(count, first + SMALL_VECTOR);
        for (int i = first; i < end; i++) {
            if (symbols[i] == TransportFeedback.LARGE_DELTA) {
                return true;
            }
        }
        return false;
    }

    private int chunk(int first, int covered) {
        if (covered == run(first)) {
            return symbols[first] << 13 | covered; // §3.1.3
        }
        boolean large = isLargeVector(first);
        int chunk = large ? 0xc000 : 0x8000; // §3.1.4
        for (int i = 0; i < covered; i++) {
            chunk |= symbols[first + i] << (large ? 12 - 2 * i : 13 - i);
        }
        return chunk;
    }

    private int deltaBytes(int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += symbols[i]; // 0, 1 or 2: a symbol's number is its delta's length
        }
        return bytes;
    }
}
