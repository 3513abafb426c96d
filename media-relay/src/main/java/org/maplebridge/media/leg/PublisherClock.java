package org.maplebridge.media.leg;

/// Converts one publisher's wall clock to the relay's, equally for its voice and its picture.
///
/// The difference is taken from the first report and kept: a new one for every report would shake
/// the streams against each other by the network's jitter.
///
/// Thread: its media loop.
final class PublisherClock {
    /// What a clock runs off in an hour or more; also a publisher that set its clock.
    static final long TOLERATED_NANOS = 200_000_000L;

    private boolean known;
    private long offsetNanos;

    /// The moment of the relay's clock at which a report that arrives now was made, taking the
    /// first one's way for none.
    long momentOf(long ntpTime, long nowNanos) {
        long theirs = (ntpTime >>> 32) * 1_000_000_000L + nanosOfFraction(ntpTime);
        long offset = nowNanos - theirs;
        if (!known || Math.abs(offset - offsetNanos) > TOLERATED_NANOS) {
            known = true;
            offsetNanos = offset;
        }
        return theirs + offsetNanos;
    }

    private static long nanosOfFraction(long ntpTime) {
        return ((ntpTime & 0xffff_ffffL) * 1_000_000_000L + 0x8000_0000L) >>> 32;
    }
}
