package org.maplebridge.media.congestion;

import org.maplebridge.media.rtcp.RtcpWriter;

/// Remembers when a leg's packets arrived and turns it into transport-wide feedback, so that the
/// peer can measure its uplink (draft-holmer-rmcat-transport-wide-cc-extensions-01).
///
/// Pure: arrival times are handed in. Thread: its leg's media loop.
public final class ArrivalLog {
    /// Notes a packet's arrival under its transport-wide sequence number.
    public void record(int transportSeq16, long arrivalNanos) {
        throw new UnsupportedOperationException("coming");
    }

    /// Whether packets arrived that no feedback has told of.
    public boolean hasNews() {
        throw new UnsupportedOperationException("coming");
    }

    /// Writes one feedback packet for as many arrivals as fit. Call while [#hasNews()], each time
    /// with a compound begun afresh.
    ///
    /// @return whether anything was written
    public boolean writeFeedback(RtcpWriter out, int senderSsrc, int mediaSsrc) {
        throw new UnsupportedOperationException("coming");
    }
}
