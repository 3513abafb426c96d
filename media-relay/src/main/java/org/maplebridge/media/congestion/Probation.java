package org.maplebridge.media.congestion;

/// Lets pictures onto a link that was found to bear nearly nothing: a few packets, and when nothing
/// waited for them twice as many, until there is no doubt. So a link that is still as narrow makes
/// voice wait once for those few, and one that has become better is found out within two seconds.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class Probation {
    /// Two packets of a picture: a seventh of a second on a link of 150 kbit/s.
    static final int FIRST_BYTES = 2_500;

    /// Half a second of the smallest picture.
    static final int PASSED_BYTES = 30_000;

    /// Until feedback has told what became of the last packet, even of a slow link.
    static final long ANSWER_NANOS = 250_000_000L;

    private boolean on;
    private long before;
    private int allowed;
    private int left;
    private long leftNanos;

    /// @param estimate what the link was held to bear until now, in bit/s
    void begin(long estimate) {
        on = true;
        before = estimate;
        allowed = FIRST_BYTES;
        left = 0;
    }

    boolean on() {
        return on;
    }

    boolean admits(int bytes) {
        return !on || left + bytes <= allowed;
    }

    /// A picture's packet left.
    void left(int bytes, long nowNanos) {
        left += bytes;
        leftNanos = nowNanos;
    }

    /// Nothing waits, by all that was told so far.
    void calm(long nowNanos) {
        boolean used = left > allowed / 2;
        if (!on || !used || nowNanos - leftNanos < ANSWER_NANOS) {
            return;
        }
        allowed *= 2;
        left = 0;
        on = allowed <= PASSED_BYTES;
    }

    /// Something waits.
    ///
    /// @return what the link was held to bear before
    long fail() {
        on = false;
        return before;
    }
}
