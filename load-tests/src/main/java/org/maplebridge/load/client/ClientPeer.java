package org.maplebridge.load.client;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.kernel.KernelSocket;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.DtlsEnd;
import org.maplebridge.media.dtls.DtlsHandshake;
import org.maplebridge.media.dtls.DtlsOutput;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.PacketKind;

/// One terminal's transport: checks as the controlling side, shakes hands as DTLS client, then has
/// keys.
///
/// Thread: its client thread; the handshake's own thread only fills a queue.
final class ClientPeer implements AutoCloseable {
    private static final long FIRST_CHECKS_NANOS = 50_000_000L;
    private static final long CONSENT_NANOS = 2_500_000_000L;

    /// How far a transport has come.
    enum State {
        CHECKING,
        HANDSHAKING,
        CONNECTED,
        LOST,
        /// Closed from here.
        LEFT
    }

    private final KernelSocket socket;
    private final StunCheckWriter checks;
    private final DtlsCertificate certificate;
    private final ServerAnswer answer;
    private final List<SrtpProfile> profiles;
    private final Queue<DtlsOutput> outputs = new ConcurrentLinkedQueue<>();
    private @Nullable DtlsHandshake handshake;
    private @Nullable SrtpKeys keys;
    private State state = State.CHECKING;
    private long nextCheckNanos;
    private long transaction;

    ClientPeer(
            KernelSocket socket,
            IceCredentials ice,
            DtlsCertificate certificate,
            ServerAnswer answer,
            List<SrtpProfile> profiles,
            long nowNanos) {
        this.socket = socket;
        this.certificate = certificate;
        this.answer = answer;
        this.profiles = List.copyOf(profiles);
        this.checks = new StunCheckWriter(ice, answer.ice());
        this.nextCheckNanos = nowNanos;
        this.transaction = nowNanos;
    }

    State state() {
        return state;
    }

    /// Null until [State#CONNECTED].
    @Nullable SrtpKeys keys() {
        return keys;
    }

    /// Proves the way to the server again, which may be a new one.
    void checkNow(long nowNanos) {
        nextCheckNanos = nowNanos;
    }

    /// Takes STUN and DTLS; says whether it was either.
    boolean onDatagram(byte[] data, int length) {
        switch (PacketKind.of(data, 0, length)) {
            case STUN -> {
                if (StunCheckWriter.isRequest(data, length)) {
                    byte[] success = checks.success(data, answer.server());
                    socket.send(success, 0, success.length);
                }
                if (state == State.CHECKING && StunCheckWriter.isSuccess(data, length)) {
                    state = State.HANDSHAKING;
                    handshake =
                            DtlsHandshake.client(
                                    certificate, answer.fingerprint(), profiles, outputs::add);
                }
                return true;
            }
            case DTLS -> {
                if (handshake != null) {
                    handshake.feed(data, 0, length);
                }
                return true;
            }
            case RTP, RTCP, UNKNOWN -> {
                return false;
            }
        }
        throw new IncompatibleClassChangeError("a kind of packet this code does not know");
    }

    /// Sends checks that are due and what the handshake has to say.
    void poll(long nowNanos) {
        if (nowNanos - nextCheckNanos >= 0) {
            byte[] request = checks.request(transaction++);
            socket.send(request, 0, request.length);
            nextCheckNanos =
                    nowNanos + (state == State.CHECKING ? FIRST_CHECKS_NANOS : CONSENT_NANOS);
        }
        if (state == State.CONNECTED && socket.isRefused()) {
            state = State.LOST;
        }
        for (DtlsOutput output = outputs.poll(); output != null; output = outputs.poll()) {
            switch (output) {
                case DtlsOutput.Datagram(byte[] bytes) -> socket.send(bytes, 0, bytes.length);
                case DtlsOutput.Keys(SrtpKeys agreed) -> {
                    keys = agreed;
                    state = State.CONNECTED;
                }
                case DtlsOutput.Ended(DtlsEnd end) -> {
                    if (state != State.LEFT) {
                        System.err.println(
                                "terminal on port " + socket.localPort() + ": " + end.cause());
                        state = State.LOST;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        state = State.LEFT;
        if (handshake != null) {
            handshake.close();
        }
        poll(nextCheckNanos - 1);
        socket.close();
    }
}
