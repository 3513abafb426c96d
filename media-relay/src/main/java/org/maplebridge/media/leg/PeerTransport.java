package org.maplebridge.media.leg;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// What a leg needs of the way to its peer: [LegTransport], or a test's without keys.
public interface PeerTransport {
    /// What STUN messages for us may say they are for, as
    /// [org.maplebridge.media.stun.StunAddressee] reads it: our user name fragments, two while ICE
    /// restarts; the mark of our own checks.
    List<String> localFragments();

    /// Takes a STUN datagram from anywhere; answers it into `out` when it is authentic.
    ///
    /// @return 0, or the code of a drop reason
    int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out);

    /// Takes a DTLS datagram; copies it.
    ///
    /// @return 0, or the code of a drop reason
    int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos);

    /// Whether keys are there and a path is selected.
    boolean ready();

    /// Where datagrams go; null before the first nomination.
    @Nullable PeerPath selectedPath();

    /// Decrypts in place.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos);

    /// Decrypts in place.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos);

    /// Encrypts in place; only when [#ready()].
    ///
    /// @param packetIndex roll-over counter and sequence number, `ROC << 16 | SEQ`
    /// @return length of the SRTP packet, or the code of a drop reason
    int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex);

    /// Encrypts in place; only when [#ready()].
    ///
    /// @return length of the SRTCP packet, or the code of a drop reason
    int protectRtcp(MemorySegment memory, long offset, int length);

    /// Notices what did not come, and sends the checks that are due. Call about every 100 ms to 1
    /// s.
    void tick(long nowNanos, OutboundBatch out);

    /// The oldest event not yet taken, null when there is none.
    @Nullable TransportEvent pollEvent();

    /// As [org.maplebridge.media.api.LegStats] says.
    String state();

    /// Empty before the handshake is done.
    String srtpProfile();

    /// DTLS handshakes completed.
    int handshakes();

    void close();
}
