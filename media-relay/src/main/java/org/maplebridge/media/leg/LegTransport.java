package org.maplebridge.media.leg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.DtlsEnd;
import org.maplebridge.media.dtls.DtlsHandshake;
import org.maplebridge.media.dtls.DtlsOutput;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.ice.IceEvent;
import org.maplebridge.media.ice.IceLite;
import org.maplebridge.media.srtp.InboundSrtp;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// ICE, DTLS and SRTP of one peer put together: plain packets inside, datagrams outside.
///
/// Thread: its leg's media loop; the handshake's own thread reaches it through [HomeLoop] alone.
public final class LegTransport implements PeerTransport {
    /// From the first proved path to the first DTLS record, and from there to the keys.
    static final long HANDSHAKE_NANOS = 10_000_000_000L;

    private static final int DTLS_HANDSHAKE_RECORD = 22; // RFC 5246 §6.2.1

    private final Fingerprint remoteFingerprint;
    private final DtlsCertificate certificate;
    private final SrtpCiphers ciphers;
    private final HomeLoop home;
    private final IceLite ice;
    private final Queue<TransportEvent> events = new ArrayDeque<>(4);

    private @Nullable DtlsHandshake dtls;
    private @Nullable PeerPath dtlsPath;
    private @Nullable InboundSrtp inbound;
    private @Nullable OutboundSrtp outbound;
    private String srtpProfile = "";
    private int handshakes;
    private boolean waitingForHandshake;
    private long handshakeDeadlineNanos;
    private boolean connected;
    private boolean over;

    /// @param home runs what the handshake's thread hands over
    public LegTransport(
            IceCredentials localIce,
            IceCredentials remoteIce,
            Fingerprint remoteFingerprint,
            DtlsCertificate certificate,
            SrtpCiphers ciphers,
            HomeLoop home,
            long nowNanos) {
        this.remoteFingerprint = remoteFingerprint;
        this.certificate = certificate;
        this.ciphers = ciphers;
        this.home = home;
        this.ice = new IceLite(localIce, remoteIce, nowNanos);
    }

    /// Our user name fragments a check may name now: one, or two while ICE restarts.
    @Override
    public List<String> localFragments() {
        return ice.localFragments();
    }

    /// Takes new credentials of both sides; the old ones stay good until the first nominating check
    /// with the new ones. DTLS, SRTP and the selected path stay.
    public void restartIce(IceCredentials localIce, IceCredentials remoteIce) {
        ice.restart(localIce, remoteIce);
    }

    /// Our newest ICE credentials: those an answer carries.
    public IceCredentials localIce() {
        return ice.localCredentials();
    }

    /// Takes a STUN datagram from anywhere; answers it into `out` when it is authentic.
    ///
    /// @return 0, or the code of a drop reason
    @Override
    public int onStun(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        if (over) {
            return DropReason.STUN_UNKNOWN_USER.code();
        }
        int result = ice.onDatagram(from, data, offset, length, nowNanos, out);
        takeIceEvents(nowNanos);
        return result;
    }

    /// Takes a DTLS datagram; copies it. From a path no check has proved it is dropped, so that no
    /// stranger's ClientHello can win the race against the peer's.
    ///
    /// @return 0, or the code of a drop reason
    @Override
    public int onDtls(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        if (over || !ice.proved(from)) {
            return DropReason.UNKNOWN_SENDER.code();
        }
        DtlsHandshake running = dtls;
        if (running == null) {
            if (length < 1 || data[offset] != DTLS_HANDSHAKE_RECORD) {
                return DropReason.MALFORMED.code();
            }
            running = startHandshake(nowNanos);
        }
        dtlsPath = from;
        return running.feed(data, offset, length) ? 0 : DropReason.DTLS_QUEUE_FULL.code();
    }

    private DtlsHandshake startHandshake(long nowNanos) {
        var started =
                DtlsHandshake.server(
                        certificate,
                        remoteFingerprint,
                        output -> home.execute((now, out) -> onDtlsOutput(output, out)));
        dtls = started;
        expectHandshake(nowNanos);
        return started;
    }

    private void onDtlsOutput(DtlsOutput output, OutboundBatch out) {
        switch (output) {
            case DtlsOutput.Datagram(byte[] bytes) -> sendDtls(bytes, out);
            case DtlsOutput.Keys(SrtpKeys keys) -> takeKeys(keys);
            case DtlsOutput.Ended(DtlsEnd end) -> lose(end.cause());
        }
    }

    /// Also after [#close]: the goodbye is the last thing a handshake says.
    private void sendDtls(byte[] bytes, OutboundBatch out) {
        PeerPath selected = ice.selectedPath();
        PeerPath to = selected == null ? dtlsPath : selected;
        if (to != null) {
            long at = out.claim();
            MemorySegment.copy(bytes, 0, out.memory(), ValueLayout.JAVA_BYTE, at, bytes.length);
            out.commit(to, bytes.length);
        }
    }

    private void takeKeys(SrtpKeys keys) {
        if (over) {
            return;
        }
        inbound = new InboundSrtp(keys.profile(), keys.remoteKey(), keys.remoteSalt(), ciphers);
        outbound = new OutboundSrtp(keys.profile(), keys.localKey(), keys.localSalt(), ciphers);
        srtpProfile = keys.profile().name();
        handshakes++;
        connectIfComplete();
    }

    private void connectIfComplete() {
        PeerPath selected = ice.selectedPath();
        if (!connected && outbound != null && selected != null) {
            connected = true;
            waitingForHandshake = false;
            events.add(new TransportEvent.Connected(selected));
        }
    }

    private void takeIceEvents(long nowNanos) {
        for (IceEvent event = ice.pollEvent(); event != null; event = ice.pollEvent()) {
            switch (event) {
                case IceEvent.Proved(PeerPath path) -> {
                    events.add(new TransportEvent.PathProved(path));
                    if (!waitingForHandshake && !connected) {
                        expectHandshake(nowNanos);
                    }
                }
                case IceEvent.Forgotten(PeerPath path) ->
                        events.add(new TransportEvent.PathForgotten(path));
                case IceEvent.Selected(PeerPath path) -> {
                    if (connected) {
                        events.add(new TransportEvent.Moved(path));
                    }
                }
            }
        }
        connectIfComplete();
    }

    private void expectHandshake(long nowNanos) {
        waitingForHandshake = true;
        handshakeDeadlineNanos = nowNanos + HANDSHAKE_NANOS;
    }

    /// Whether keys are there and a path is selected.
    @Override
    public boolean ready() {
        return connected && !over;
    }

    /// Where datagrams go: the path of the peer's latest nomination.
    @Override
    public @Nullable PeerPath selectedPath() {
        return ice.selectedPath();
    }

    /// Whether a check has proved `path`.
    public boolean proved(PeerPath path) {
        return ice.proved(path);
    }

    /// Decrypts in place. What proves authentic also counts as a sign of life on its path.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    @Override
    public int unprotectRtp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        InboundSrtp srtp = inbound;
        int refused = refusal(from, srtp);
        if (refused < 0 || srtp == null) {
            return refused;
        }
        int plain = srtp.unprotectRtp(data, offset, length);
        if (plain >= 0) {
            ice.onAuthenticMedia(from, nowNanos);
        }
        return plain;
    }

    /// Decrypts in place. What proves authentic also counts as a sign of life on its path.
    ///
    /// @return length of the plain packet, or the code of a drop reason
    @Override
    public int unprotectRtcp(PeerPath from, byte[] data, int offset, int length, long nowNanos) {
        InboundSrtp srtp = inbound;
        int refused = refusal(from, srtp);
        if (refused < 0 || srtp == null) {
            return refused;
        }
        int plain = srtp.unprotectRtcp(data, offset, length);
        if (plain >= 0) {
            ice.onAuthenticMedia(from, nowNanos);
        }
        return plain;
    }

    private int refusal(PeerPath from, @Nullable InboundSrtp srtp) {
        if (over || !ice.proved(from)) {
            return DropReason.UNKNOWN_SENDER.code();
        }
        return srtp == null ? DropReason.NO_KEYS.code() : 0;
    }

    /// Encrypts in place; only when [#ready()].
    ///
    /// @param packetIndex roll-over counter and sequence number, `ROC << 16 | SEQ`, kept by the
    ///   caller
    /// @return length of the SRTP packet, or the code of a drop reason
    @Override
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        OutboundSrtp srtp = outbound;
        return srtp == null
                ? DropReason.NO_KEYS.code()
                : srtp.protectRtp(memory, offset, headerLength, length, ssrc, packetIndex);
    }

    /// Encrypts in place; only when [#ready()].
    ///
    /// @return length of the SRTCP packet, or the code of a drop reason
    @Override
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        OutboundSrtp srtp = outbound;
        return srtp == null ? DropReason.NO_KEYS.code() : srtp.protectRtcp(memory, offset, length);
    }

    /// Notices what did not come: checks, the handshake. Call about every 100 ms to 1 s.
    @Override
    public void tick(long nowNanos, OutboundBatch out) {
        if (over) {
            return;
        }
        ice.tick(nowNanos);
        takeIceEvents(nowNanos);
        if (ice.consentExpired(nowNanos)) {
            lose("consent-expired");
        } else if (waitingForHandshake && nowNanos - handshakeDeadlineNanos >= 0) {
            lose(DtlsEnd.HANDSHAKE_TIMEOUT.cause());
        }
    }

    private void lose(String cause) {
        if (!over) {
            events.add(new TransportEvent.Lost(cause));
            close();
        }
    }

    /// The oldest event not yet taken, null when there is none. Poll after every call that may
    /// change the transport: checks, [#tick], and tasks run through [HomeLoop].
    @Override
    public @Nullable TransportEvent pollEvent() {
        return events.poll();
    }

    /// `new`, `checking`, `handshaking` or `connected`, as [org.maplebridge.media.api.LegStats]
    /// says.
    @Override
    public String state() {
        if (connected) {
            return "connected";
        }
        if (dtls != null) {
            return "handshaking";
        }
        return waitingForHandshake ? "checking" : "new";
    }

    /// Name of the SRTP protection profile; empty before the handshake is done.
    @Override
    public String srtpProfile() {
        return srtpProfile;
    }

    /// DTLS handshakes completed: 1 for the whole life of a healthy leg.
    @Override
    public int handshakes() {
        return handshakes;
    }

    /// Says goodbye (DTLS close_notify) as far as possible, ends the handshake's thread and frees
    /// the keys. Nothing is an event any more.
    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        if (dtls != null) {
            dtls.close();
        }
        if (inbound != null) {
            inbound.close();
            inbound = null;
        }
        if (outbound != null) {
            outbound.close();
            outbound = null;
        }
    }
}
