package org.maplebridge.media.leg;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// ICE, DTLS and SRTP of one peer put together: plain packets inside, datagrams outside.
///
/// Thread: its leg's media loop; the handshake's own thread reaches it through [HomeLoop] alone.
public final class LegTransport {
    /// @param home runs what the handshake's thread hands over
    public LegTransport(
            IceCredentials localIce,
            IceCredentials remoteIce,
            Fingerprint remoteFingerprint,
            DtlsCertificate certificate,
            HomeLoop home,
            long nowNanos) {}

    /// Our user name fragments a check may name now: one, or two while ICE restarts.
    public List<String> localFragments() {
        throw new UnsupportedOperationException();
    }

    /// Takes new credentials of both sides; the old ones stay good until the first nominating check
    /// with the new ones. DTLS, SRTP and the selected path stay.
    public void restartIce(IceCredentials localIce, IceCredentials remoteIce) {
        throw new UnsupportedOperationException();
    }

    /// Takes a STUN datagram from anywhere; answers it into `out` when it is authentic.
    ///
    /// @return 0, or the code of a drop reason
    public int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException();
    }

    /// Takes a DTLS datagram; copies it. From a path no check has proved it is dropped.
    ///
    /// @return 0, or the code of a drop reason
    public int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// Whether keys are there and a path is selected.
    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    public @Nullable PeerPath selectedPath() {
        throw new UnsupportedOperationException();
    }

    /// Whether a check has proved `path`.
    public boolean proved(PeerPath path) {
        throw new UnsupportedOperationException();
    }

    /// Decrypts in place. What proves authentic also counts as a sign of life on its path.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    public int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// Decrypts in place. What proves authentic also counts as a sign of life on its path.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    public int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// Encrypts in place; only when [#ready()].
    ///
    /// @param packetIndex roll-over counter and sequence number, `ROC << 16 | SEQ`, kept by the
    ///   caller
    /// @return length of the SRTP packet
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        throw new UnsupportedOperationException();
    }

    /// Encrypts in place; only when [#ready()].
    ///
    /// @return length of the SRTCP packet
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        throw new UnsupportedOperationException();
    }

    /// Notices what did not come: checks, the handshake. Call about every 100 ms to 1 s.
    public void tick(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /// The oldest event not yet taken, null when there is none. Poll after every call that may
    /// change the transport: checks, [#tick], and tasks run through [HomeLoop].
    public @Nullable TransportEvent pollEvent() {
        throw new UnsupportedOperationException();
    }

    /// `new`, `checking`, `handshaking` or `connected`, as [org.maplebridge.media.api.LegStats]
    /// says.
    public String state() {
        throw new UnsupportedOperationException();
    }

    /// Name of the SRTP protection profile; empty before the handshake is done.
    public String srtpProfile() {
        throw new UnsupportedOperationException();
    }

    /// DTLS handshakes completed: 1 for the whole life of a healthy leg.
    public int handshakes() {
        throw new UnsupportedOperationException();
    }

    /// Says goodbye (DTLS close_notify) as far as possible and ends the handshake's thread.
    public void close() {
        throw new UnsupportedOperationException();
    }
}
