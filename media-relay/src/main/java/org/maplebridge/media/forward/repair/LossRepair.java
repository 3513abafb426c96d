package org.maplebridge.media.forward.repair;

/// Which packets of a publisher are missing and when to ask for them again (RFC 4585 §6.2.1).
///
/// Asked first after a moment in which reordering settles, then once per round trip, until the
/// packet comes or asking has lost its sense. All work is bounded by [#MOST_MISSING].
///
/// Thread: its source's media loop.
public final class LossRepair {
    /// One second of a 4 Mbit/s picture; more is an outage, and ends with a key frame.
    static final int MOST_MISSING = 512;

    /// Packets that overtook each other on the way are this close.
    static final long REORDER_NANOS = 8_000_000L;

    static final long GIVE_UP_NANOS = 1_000_000_000L;
    static final int MOST_TRIES = 10;
    static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000L;

    /// Below this an answer cannot have come, whatever the estimate says.
    static final long SHORTEST_WAIT_NANOS = 20_000_000L;

    private long[] seqs = {};
    private long[] sinceNanos = {};
    private long[] askedAtNanos = {};
    private byte[] tries = {};
    private int count;
    private long givenUp;
    private long roundTripNanos = -1;

    /// All of `[from, to)` were skipped over, in front of everything missing so far.
    ///
    /// @return false when it is too much to repair; then nothing is missing any more
    public boolean missing(long from, long to, long nowNanos) {
        if (to - from > MOST_MISSING - count) {
            givenUp += to - from + count;
            count = 0;
            return false;
        }
        makeRoom();
        for (long seq = from; seq < to; seq++) {
            seqs[count] = seq;
            sinceNanos[count] = nowNanos;
            askedAtNanos[count] = nowNanos;
            tries[count] = 0;
            count++;
        }
        return true;
    }

    /// Most streams never miss anything.
    private void makeRoom() {
        if (seqs.length == 0) {
            seqs = new long[MOST_MISSING];
            sinceNanos = new long[MOST_MISSING];
            askedAtNanos = new long[MOST_MISSING];
            tries = new byte[MOST_MISSING];
        }
    }

    /// A skipped packet came after all.
    public void came(long seq, long nowNanos) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (seqs[middle] == seq) {
                if (tries[middle] == 1) {
                    measure(nowNanos - askedAtNanos[middle]);
                }
                remove(middle);
                return;
            }
            if (seqs[middle] < seq) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
    }

    /// Collects what to ask for now, ascending, into `into`.
    ///
    /// @return how many
    public int due(int[] into, long nowNanos) {
        int found = 0;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (tries[i] >= MOST_TRIES || nowNanos - sinceNanos[i] >= GIVE_UP_NANOS) {
                givenUp++;
                continue;
            }
            boolean ask = nowNanos - askedAtNanos[i] >= wait(tries[i]) && found < into.length;
            if (ask) {
                into[found++] = (int) seqs[i] & 0xffff;
            }
            keep(kept++, i, ask, nowNanos);
        }
        count = kept;
        return found;
    }

    private void keep(int to, int from, boolean asked, long nowNanos) {
        seqs[to] = seqs[from];
        sinceNanos[to] = sinceNanos[from];
        tries[to] = (byte) (tries[from] + (asked ? 1 : 0));
        askedAtNanos[to] = asked ? nowNanos : askedAtNanos[from];
    }

    /// A little longer than a round trip; from the third try on twice that.
    private long wait(int tried) {
        if (tried == 0) {
            return REORDER_NANOS;
        }
        long roundTrip = roundTripNanos < 0 ? UNKNOWN_ROUND_TRIP_NANOS : roundTripNanos;
        long wait = Math.max(SHORTEST_WAIT_NANOS, roundTrip + roundTrip / 4);
        return tried < 3 ? wait : wait * 2;
    }

    private void measure(long nanos) {
        if (nanos > 0) {
            roundTripNanos = roundTripNanos < 0 ? nanos : (7 * roundTripNanos + nanos) / 8;
        }
    }

    private void remove(int at) {
        int behind = count - at - 1;
        System.arraycopy(seqs, at + 1, seqs, at, behind);
        System.arraycopy(sinceNanos, at + 1, sinceNanos, at, behind);
        System.arraycopy(askedAtNanos, at + 1, askedAtNanos, at, behind);
        System.arraycopy(tries, at + 1, tries, at, behind);
        count--;
    }

    public void forget() {
        count = 0;
    }

    public boolean idle() {
        return count == 0;
    }

    int missingCount() {
        return count;
    }

    long givenUp() {
        return givenUp;
    }

    /// As the publisher's answers show it, or what it was told; negative while unknown.
    public long roundTripNanos() {
        return roundTripNanos;
    }

    public void learnRoundTrip(long nanos) {
        measure(nanos);
    }
}
