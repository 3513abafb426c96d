package org.maplebridge.load.client;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.kernel.KernelSocket;
import org.maplebridge.load.kernel.ReceiveTable;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.PacketKind;

/// One push-to-talk terminal's peer connection: a microphone out, every talk it listens to in.
///
/// Thread: its [VoiceThread]; `connected` may be waited for by any.
final class VoiceTransport implements AutoCloseable {
    /// Handshakes go by fast looks; afterwards the kernel's arrival times make rare ones exact.
    private static final long HANDSHAKE_LOOK_NANOS = 2_000_000;

    private static final long LOOK_NANOS = 10_000_000;
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final KernelSocket socket;
    private final ClientPeer peer;
    private final SrtpCiphers ciphers;
    private final DelayHistogram relayDelays;
    private final DelayHistogram mouthToEar;
    private final int ssrc;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private @Nullable InboundSrtp inbound;
    private @Nullable OutboundSrtp outbound;
    private @Nullable VoiceEar ear;
    private @Nullable Microphone microphone;
    private long nextLookNanos;
    private long reportAtNanos;

    VoiceTransport(
            ServerAnswer answer,
            IceCredentials ice,
            DtlsCertificate certificate,
            SrtpCiphers ciphers,
            DelayHistogram relayDelays,
            DelayHistogram mouthToEar,
            int ssrc,
            long nowNanos)
            throws IOException {
        this.socket = KernelSocket.connect(answer.server());
        this.peer =
                new ClientPeer(
                        socket,
                        ice,
                        certificate,
                        answer,
                        List.of(SrtpProfile.AEAD_AES_128_GCM),
                        nowNanos);
        this.ciphers = ciphers;
        this.relayDelays = relayDelays;
        this.mouthToEar = mouthToEar;
        this.ssrc = ssrc;
    }

    CompletableFuture<Void> connected() {
        return connected;
    }

    /// Null until connected.
    @Nullable VoiceEar ear() {
        return ear;
    }

    /// Null until connected.
    @Nullable Microphone microphone() {
        return microphone;
    }

    boolean isLost() {
        return peer.state() == ClientPeer.State.LOST;
    }

    /// Reads what waits and says what is due, when it is time to look.
    void look(ReceiveTable table, byte[] room, long nowNanos) {
        if (nowNanos - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = nowNanos + (ear == null ? HANDSHAKE_LOOK_NANOS : LOOK_NANOS);
        int count;
        do {
            count = table.fill(socket);
            for (int i = 0; i < count; i++) {
                long arrivedNanos = table.arrivedNanos(i);
                table.copyTo(i, room);
                onDatagram(room, table.length(i), arrivedNanos);
            }
        } while (count == ReceiveTable.CAPACITY);
        peer.poll(nowNanos);
        if (ear == null && peer.keys() != null) {
            begin(peer.keys(), nowNanos);
        }
        if (isLost() && !connected.isDone()) {
            connected.completeExceptionally(new IOException("no peer connection"));
        }
        report(nowNanos);
    }

    private void begin(SrtpKeys keys, long nowNanos) {
        SrtpProfile profile = keys.profile();
        var opening = new InboundSrtp(profile, keys.remoteKey(), keys.remoteSalt(), ciphers);
        var sealing = new OutboundSrtp(profile, keys.localKey(), keys.localSalt(), ciphers);
        inbound = opening;
        outbound = sealing;
        ear = new VoiceEar(opening, relayDelays, mouthToEar);
        microphone = new Microphone(socket, sealing, ssrc);
        reportAtNanos = nowNanos + ssrc % REPORT_NANOS; // not all at the same moment
        connected.complete(null);
    }

    private void onDatagram(byte[] data, int length, long arrivedNanos) {
        if (peer.onDatagram(data, length) || ear == null) {
            return;
        }
        switch (PacketKind.of(data, 0, length)) {
            case RTP -> ear.onRtp(data, length, arrivedNanos);
            case RTCP, STUN, DTLS, UNKNOWN -> {}
        }
    }

    /// An empty receiver report: the least a receiver says.
    private void report(long nowNanos) {
        if (outbound == null || nowNanos - reportAtNanos < 0) {
            return;
        }
        reportAtNanos = nowNanos + REPORT_NANOS;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(256, 64);
            var rtcp = new RtcpWriter();
            rtcp.begin(memory, 0);
            if (rtcp.receiverReport(ssrc)) {
                socket.send(memory, outbound.protectRtcp(memory, 0, rtcp.length()));
            }
        }
    }

    /// As when the network fails: nobody says goodbye.
    void vanish() {
        socket.close();
        release();
    }

    @Override
    public void close() {
        peer.close();
        release();
    }

    private void release() {
        if (inbound != null && outbound != null) {
            inbound.close();
            outbound.close();
        }
    }
}
