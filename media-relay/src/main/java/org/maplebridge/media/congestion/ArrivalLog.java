package org.maplebridge.media.congestion;

import java.util.Arrays;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.rtcp.TransportFeedbackWriter;
import org.maplebridge.media.rtp.SequenceUnwrapper;

/// Remembers when a leg's packets arrived and turns it into transport-wide feedback, so that the
/// peer can measure its uplink (draft-holmer-rmcat-transport-wide-cc-extensions-01).
///
/// A packet told missing and arriving later is told of again, with those behind it: the peer takes
/// the better news.
///
/// Pure: arrival times are handed in. Thread: its leg's media loop.
public final class ArrivalLog {
    /// Packets remembered: 2 s of a very fast peer, twenty times the longest feedback interval.
    static final int CAPACITY = 4_096;

    private static final long TICK_NANOS = 250_000;
    private static final long MISSING = Long.MIN_VALUE;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TransportFeedbackWriter feedback = new TransportFeedbackWriter();
    private final long[] arrivals = new long[CAPACITY];
    private long epochNanos;

    /// First number not told of yet; all up to the highest one seen follow.
    private long untold;

    private long highest = -1;
    private int feedbackCount;

    public ArrivalLog() {
        Arrays.fill(arrivals, MISSING);
    }

    /// Notes a packet's arrival under its transport-wide sequence number. The first arrival of a
    /// number counts; numbers further back than memory reaches do not.
    public void record(int transportSeq16, long arrivalNanos) {
        long seq = unwrapper.unwrap(transportSeq16);
        if (highest < 0) {
            epochNanos = arrivalNanos;
            untold = seq;
            highest = seq - 1;
        }
        if (seq > highest) {
            advance(seq);
        } else if (seq <= highest - CAPACITY || arrivals[slot(seq)] != MISSING) {
            return;
        }
        arrivals[slot(seq)] = Math.floorDiv(arrivalNanos - epochNanos, TICK_NANOS);
        untold = Math.min(untold, seq);
    }

    private void advance(long seq) {
        if (seq - highest >= CAPACITY) { // a leap: the peer began anew
            Arrays.fill(arrivals, MISSING);
            untold = seq;
        } else {
            for (long skipped = highest + 1; skipped < seq; skipped++) {
                arrivals[slot(skipped)] = MISSING;
            }
            untold = Math.max(untold, seq - CAPACITY + 1);
        }
        highest = seq;
    }

    /// Whether packets arrived that no feedback has told of.
    public boolean hasNews() {
        return untold <= highest;
    }

    /// Writes one feedback packet for as many arrivals as fit. Call while [#hasNews()], each time
    /// with a compound begun afresh.
    ///
    /// @return whether anything was written
    public boolean writeFeedback(RtcpWriter out, int senderSsrc, int mediaSsrc) {
        if (!hasNews()) {
            return false;
        }
        feedback.begin((int) untold & 0xffff, firstArrival());
        for (long seq = untold; seq <= highest && collect(seq); seq++) {}
        int told = feedback.write(out, senderSsrc, mediaSsrc, feedbackCount);
        if (told == 0) {
            return false;
        }
        untold += told;
        feedbackCount = (feedbackCount + 1) & 0xff;
        return true;
    }

    private boolean collect(long seq) {
        long ticks = arrivals[slot(seq)];
        return ticks == MISSING ? feedback.missing() : feedback.received(ticks);
    }

    /// The highest number has arrived, so there is one.
    private long firstArrival() {
        long seq = untold;
        while (arrivals[slot(seq)] == MISSING) {
            seq++;
        }
        return arrivals[slot(seq)];
    }

    private static int slot(long seq) {
        return (int) seq & (CAPACITY - 1);
    }
}
