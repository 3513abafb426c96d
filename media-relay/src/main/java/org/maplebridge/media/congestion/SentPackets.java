package org.maplebridge.media.congestion;

import org.maplebridge.media.rtcp.TransportFeedback;

/// What left for a peer under transport-wide numbers, and what its feedback says became of it
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class SentPackets {
    private static final long NANOS = 1_000;

    /// More on the way are not looked at one by one.
    private static final int MOST_REPLAYED = 512;

    private final SentLog log = new SentLog();
    private final QueueWatch queue = new QueueWatch();
    private final LossWatch losses = new LossWatch();
    private final ByteRate delivered = new ByteRate();
    private final TransportFeedback.Arrivals reader = new Reader();
    private boolean anyTold;
    private long highestTold;
    private long nextHeard;
    private long presumedBytes;
    private long firstCounted;
    private long lastArrivalMicros;
    private long hearingNanos;
    private int news;

    /// The number of the packet about to leave.
    int number() {
        return log.number();
    }

    void left(int bytes, long nowNanos) {
        log.left(bytes, nowNanos);
    }

    /// Takes a feedback packet.
    ///
    /// @return how many packets it brought news of, or the code of a drop reason
    int hear(byte[] data, int offset, int length, long nowNanos) {
        hearingNanos = nowNanos;
        news = 0;
        int result = TransportFeedback.read(data, offset, length, reader);
        return result < 0 ? result : news;
    }

    /// What a feedback packet tells, packet by packet. A packet told missing may still be told
    /// received, and the better news counts; the other way round it does not.
    private final class Reader implements TransportFeedback.Arrivals {
        @Override
        public void received(int seq16, long ticks250us) {
            long seq = log.find(seq16);
            if (seq == SentLog.NONE || log.fate(seq) == SentLog.RECEIVED) {
                return;
            }
            presume(seq);
            if (log.fate(seq) == SentLog.PRESUMED) {
                return;
            }
            if (seq >= firstCounted) {
                if (log.fate(seq) == SentLog.MISSING) {
                    losses.cameAfterAll();
                } else {
                    losses.received();
                }
            }
            log.told(seq, SentLog.RECEIVED);
            news++;
            long arrived = ticks250us * 250;
            long sent = log.sentMicros(seq, hearingNanos);
            queue.arrived(sent, arrived, log.bytes(seq), untilNext(seq, sent));
            delivered.add((int) (log.bytes(seq) + presumedBytes), arrived * NANOS);
            presumedBytes = 0;
            lastArrivalMicros = arrived;
            if (!anyTold || seq > highestTold) {
                anyTold = true;
                highestTold = seq;
            }
        }

        @Override
        public void missing(int seq16) {
            long seq = log.find(seq16);
            if (seq != SentLog.NONE) {
                presume(seq);
            }
            if (seq != SentLog.NONE && log.fate(seq) == SentLog.UNTOLD) {
                log.told(seq, SentLog.MISSING);
                queue.lost(log.bytes(seq));
                news++;
                if (seq >= firstCounted) {
                    losses.missing();
                }
            }
        }
    }

    private long untilNext(long seq, long sentMicros) {
        long next = seq + 1;
        return next < log.next()
                ? log.sentMicros(next, hearingNanos) - sentMicros
                : QueueWatch.NOTHING_BEHIND;
    }

    /// Feedback is lost like anything else. The packets it would have told of came, for all that is
    /// known; left out, they would make the link look slower than it is.
    private void presume(long seq) {
        if (nextHeard > 0 && seq > nextHeard) {
            queue.gap();
        }
        long first = Math.max(nextHeard, log.next() - SentLog.CAPACITY);
        for (long lost = first; nextHeard > 0 && lost < seq; lost++) {
            log.told(lost, SentLog.PRESUMED);
            presumedBytes += log.bytes(lost);
        }
        nextHeard = Math.max(nextHeard, seq + 1);
    }

    /// Lets what is on its way pass the link once more, from the last moment that is known.
    void replay(Bottleneck link, long nowNanos) {
        if (!anyTold || highestTold < log.next() - SentLog.CAPACITY) {
            return;
        }
        link.busyUntil((log.sentMicros(highestTold, nowNanos) + queue.lastWaitMicros()) * NANOS);
        long first = Math.max(highestTold + 1, log.next() - MOST_REPLAYED);
        for (long seq = first; seq < log.next(); seq++) {
            link.left(log.bytes(seq), log.sentMicros(seq, nowNanos) * NANOS);
        }
    }

    /// Less was let out from now on: losses of before say nothing about that.
    void countAnew(long nowNanos) {
        firstCounted = log.next();
        losses.forget(nowNanos);
    }

    QueueWatch queue() {
        return queue;
    }

    LossWatch losses() {
        return losses;
    }

    /// In bit/s, by the peer's clock.
    long delivered() {
        return delivered.bitsPerSecond(lastArrivalMicros * NANOS);
    }
}
