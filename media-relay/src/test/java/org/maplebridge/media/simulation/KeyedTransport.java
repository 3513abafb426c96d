package org.maplebridge.media.simulation;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// A way to a peer with real SRTP on it, keys agreed beforehand; what the peer needs to open and
/// close packets is on the same object.
///
/// Thread: the test's.
public final class KeyedTransport implements PeerTransport {
    private static final byte TO_PEER = 1;
    private static final byte FROM_PEER = 2;

    /// The peer's two halves.
    public final InboundSrtp peerOpens;

    public final OutboundSrtp peerProtects;
    private final OutboundSrtp outbound;
    private final InboundSrtp inbound;
    private final PeerPath path;
    private @Nullable TransportEvent event;
    private boolean proved;

    public KeyedTransport(SrtpProfile profile, SrtpCiphers ciphers, PeerPath path, long seed) {
        this.path = path;
        outbound = new OutboundSrtp(profile, key(profile, seed, TO_PEER), salt(profile), ciphers);
        peerOpens = new InboundSrtp(profile, key(profile, seed, TO_PEER), salt(profile), ciphers);
        inbound = new InboundSrtp(profile, key(profile, seed, FROM_PEER), salt(profile), ciphers);
        peerProtects =
                new OutboundSrtp(profile, key(profile, seed, FROM_PEER), salt(profile), ciphers);
        event = new TransportEvent.PathProved(path);
    }

    private static byte[] key(SrtpProfile profile, long seed, byte direction) {
        byte[] key = new byte[profile.keyLength()];
        new SplittableRandom(seed).nextBytes(key);
        key[0] = direction;
        return key;
    }

    private static byte[] salt(SrtpProfile profile) {
        return new byte[profile.saltLength()];
    }

    @Override
    public List<String> localFragments() {
        return List.of();
    }

    @Override
    public int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        return 0;
    }

    @Override
    public int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return 0;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public PeerPath selectedPath() {
        return path;
    }

    @Override
    public int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return inbound.unprotectRtp(data, offset, length);
    }

    @Override
    public int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        return inbound.unprotectRtcp(data, offset, length);
    }

    @Override
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        return outbound.protectRtp(memory, offset, headerLength, length, ssrc, packetIndex);
    }

    @Override
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        return outbound.protectRtcp(memory, offset, length);
    }

    @Override
    public void tick(long nowNanos, OutboundBatch out) {}

    @Override
    public @Nullable TransportEvent pollEvent() {
        TransportEvent next = event;
        event = next == null || proved ? null : new TransportEvent.Connected(path);
        proved = true;
        return next;
    }

    @Override
    public String state() {
        return "connected";
    }

    @Override
    public String srtpProfile() {
        return "";
    }

    @Override
    public int handshakes() {
        return 1;
    }

    @Override
    public void close() {
        outbound.close();
        inbound.close();
    }
}
