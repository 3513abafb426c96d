package org.maplebridge.load.client;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.kernel.KernelSocket;
import org.maplebridge.load.kernel.ReceiveTable;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.PacketKind;

/// A simulated terminal that publishes or receives one stream.
///
/// Thread: its client thread.
final class Terminal implements AutoCloseable {
    /// As browsers do it: every second for video, every five for audio.
    private static final long VIDEO_REPORT_NANOS = 1_000_000_000L;

    private static final long VOICE_REPORT_NANOS = 5_000_000_000L;

    /// A player that sees nothing for so long asks whether the server is still there.
    private static final long SILENCE_NANOS = 250_000_000L;

    /// A player that cannot decode what comes asks for a key frame this often, for the first time
    /// when it has waited as long for one that comes by itself.
    private static final long STUCK_NANOS = 300_000_000L;

    private final KernelSocket socket;
    private final ClientPeer peer;
    private final SrtpCiphers ciphers;
    private final DelayHistogram delays;
    private final @Nullable MediaPattern pattern;
    private final int ssrc;
    private final long reportNanos;
    private final RtcpWriter rtcp = new RtcpWriter();
    private final MemorySegment rtcpMemory = Arena.ofAuto().allocate(2_048, 64);
    private @Nullable InboundSrtp inbound;
    private @Nullable OutboundSrtp outbound;
    private @Nullable MediaReceiver receiver;
    private @Nullable PictureTrack pictures;
    private @Nullable MediaSender sender;
    private long reportAtNanos;
    private long strangers;
    private long heardNanos;
    private long stuckNanos;
    private long asked;
    private boolean resting;

    /// @param pattern what to publish; null to receive
    Terminal(
            ServerAnswer answer,
            IceCredentials ice,
            DtlsCertificate certificate,
            List<SrtpProfile> profiles,
            SrtpCiphers ciphers,
            DelayHistogram delays,
            @Nullable MediaPattern pattern,
            boolean video,
            int ssrc,
            long nowNanos)
            throws IOException {
        this.socket = KernelSocket.connect(answer.server());
        this.peer = new ClientPeer(socket, ice, certificate, answer, profiles, nowNanos);
        this.ciphers = ciphers;
        this.delays = delays;
        this.pattern = pattern;
        this.ssrc = ssrc;
        this.reportNanos = video ? VIDEO_REPORT_NANOS : VOICE_REPORT_NANOS;
    }

    ClientPeer.State state() {
        return peer.state();
    }

    /// From before it is connected.
    ///
    /// @param shown gets the arrival of each picture that a decoder could show, since 1970
    void tellPictures(LongConsumer shown) {
        pictures = new PictureTrack(shown);
    }

    int localPort() {
        return socket.localPort();
    }

    @Nullable MediaReceiver receiver() {
        return receiver;
    }

    @Nullable MediaSender sender() {
        return sender;
    }

    /// Datagrams that were no part of the session.
    long strangers() {
        return strangers;
    }

    /// Changes its address; keeps its session.
    void move(long nowNanos) throws IOException {
        socket.move();
        peer.checkNow(nowNanos);
    }

    /// Says nothing but what the server's patience needs, until it is told to go on.
    void rest(boolean quiet, long nowNanos) {
        resting = quiet;
        heardNanos = nowNanos;
        if (!quiet && sender != null) {
            sender.goOn(nowNanos);
        }
    }

    /// Reads what waits, sends what is due.
    ///
    /// @return when to come again at the latest
    long poll(ReceiveTable table, byte[] room, long nowNanos) {
        int count;
        do {
            count = table.fill(socket);
            for (int i = 0; i < count; i++) {
                long arrivedNanos = table.arrivedNanos(i);
                table.copyTo(i, room);
                onDatagram(room, table.length(i), arrivedNanos);
            }
            heardNanos = count > 0 ? nowNanos : heardNanos;
        } while (count == ReceiveTable.CAPACITY);
        if (receiver != null && !resting && nowNanos - heardNanos >= SILENCE_NANOS) {
            heardNanos = nowNanos;
            peer.checkNow(nowNanos);
        }
        peer.poll(nowNanos);
        if (inbound == null && peer.keys() != null) {
            begin(peer.keys(), nowNanos);
        }
        report(nowNanos);
        askForKeyFrame(nowNanos);
        return sender == null || resting ? Long.MAX_VALUE : sender.sendDue(nowNanos);
    }

    private void begin(SrtpKeys keys, long nowNanos) {
        SrtpProfile profile = keys.profile();
        inbound = new InboundSrtp(profile, keys.remoteKey(), keys.remoteSalt(), ciphers);
        outbound = new OutboundSrtp(profile, keys.localKey(), keys.localSalt(), ciphers);
        if (pattern == null) {
            receiver = new MediaReceiver(inbound, delays, pictures);
            reportAtNanos = nowNanos + ssrc % reportNanos; // not all at the same moment
        } else {
            sender = new MediaSender(socket, outbound, pattern, ssrc, nowNanos);
        }
    }

    private void onDatagram(byte[] data, int length, long arrivedNanos) {
        if (peer.onDatagram(data, length)) {
            return;
        }
        switch (PacketKind.of(data, 0, length)) {
            case RTP -> {
                if (receiver != null) {
                    receiver.onRtp(data, length, arrivedNanos);
                }
            }
            case RTCP -> onRtcp(data, length);
            case STUN, DTLS, UNKNOWN -> strangers++;
        }
    }

    private void onRtcp(byte[] data, int length) {
        if (inbound == null || sender == null) {
            return;
        }
        int plain = inbound.unprotectRtcp(data, 0, length);
        if (plain > 0) {
            int _ = RtcpReader.read(data, 0, plain, new KeyFrameWishes(sender));
        }
    }

    /// An empty receiver report: the least a receiver says.
    private void report(long nowNanos) {
        if (receiver == null || outbound == null || nowNanos - reportAtNanos < 0) {
            return;
        }
        reportAtNanos = nowNanos + reportNanos;
        rtcp.begin(rtcpMemory, 0);
        if (rtcp.receiverReport(ssrc)) {
            socket.send(rtcpMemory, outbound.protectRtcp(rtcpMemory, 0, rtcp.length()));
        }
    }

    private void askForKeyFrame(long nowNanos) {
        if (receiver == null || outbound == null || pictures == null || !pictures.isStuck()) {
            stuckNanos = nowNanos;
        } else if (nowNanos - stuckNanos >= STUCK_NANOS) {
            stuckNanos = nowNanos;
            asked++;
            rtcp.begin(rtcpMemory, 0);
            if (rtcp.receiverReport(ssrc) && rtcp.pictureLoss(ssrc, receiver.ssrc())) {
                socket.send(rtcpMemory, outbound.protectRtcp(rtcpMemory, 0, rtcp.length()));
            }
        }
    }

    /// How often a key frame was asked for.
    long asked() {
        return asked;
    }

    @Override
    public void close() {
        peer.close();
    }

    private record KeyFrameWishes(MediaSender sender) implements RtcpVisitor {
        @Override
        public void pictureLoss(int senderSsrc, int mediaSsrc) {
            sender.wantKeyFrame();
        }

        @Override
        public void fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
            sender.wantKeyFrame();
        }
    }
}
