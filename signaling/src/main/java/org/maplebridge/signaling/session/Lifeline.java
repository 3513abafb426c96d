package org.maplebridge.signaling.session;

/// Whether a session is alive, silent or gone: a connection without a sign of life for 30 s is cut,
/// a session without a connection for 30 s ends.
///
/// Pure, immutable.
record Lifeline(boolean connected, long sinceNanos) {
    static final long SILENCE_NANOS = 30_000_000_000L;
    static final long RESUME_NANOS = 30_000_000_000L;

    enum Verdict {
        ALIVE,
        /// Connected, but says nothing: cut the connection.
        SILENT,
        /// Nobody came back: end the session.
        GONE
    }

    Lifeline heard(long nowNanos) {
        return connected ? new Lifeline(true, nowNanos) : this;
    }

    Lifeline attached(long nowNanos) {
        return new Lifeline(true, nowNanos);
    }

    /// A second loss does not prolong the first.
    Lifeline lost(long nowNanos) {
        return connected ? new Lifeline(false, nowNanos) : this;
    }

    Verdict verdict(long nowNanos) {
        long passed = nowNanos - sinceNanos;
        if (connected) {
            return passed >= SILENCE_NANOS ? Verdict.SILENT : Verdict.ALIVE;
        }
        return passed >= RESUME_NANOS ? Verdict.GONE : Verdict.ALIVE;
    }
}
