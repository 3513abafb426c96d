package org.maplebridge.media.leg;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.dtls.DtlsHandshake;
import org.maplebridge.media.dtls.DtlsOutput;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.CheckingPeer;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.Captured;
import org.maplebridge.media.wire.PacketKind;
import org.maplebridge.media.wire.PeerPath;

/// A leg's transport and the peer at its other end, joined without sockets. The home loop is this
/// test: what the handshakes' threads hand over runs in [#runUntil].
///
/// Thread: its test.
final class SimulatedPeer {
    private static final DtlsCertificate SERVER_CERTIFICATE = DtlsCertificate.generate();
    static final int PATIENCE_SECONDS = 20;

    final DtlsCertificate certificate = DtlsCertificate.generate();
    final Captured network = new Captured();
    final Queue<TransportEvent> events = new ArrayDeque<>();
    final CheckingPeer ice = new CheckingPeer(CheckingPeer.SERVER, CheckingPeer.PEER);
    private final LinkedBlockingQueue<HomeLoop.Task> handedOver = new LinkedBlockingQueue<>();
    final LegTransport transport;
    long nowNanos;
    PeerPath path = CheckingPeer.path(1);
    @Nullable DtlsHandshake dtls;
    @Nullable SrtpKeys keys;

    /// What the server said by DTLS close_notify or failed with.
    @Nullable DtlsOutput ended;

    SimulatedPeer() {
        this(null);
    }

    /// @param promised the fingerprint of the offer, null for the true one
    SimulatedPeer(@Nullable Fingerprint promised) {
        transport =
                new LegTransport(
                        CheckingPeer.SERVER,
                        CheckingPeer.PEER,
                        promised == null ? certificate.fingerprint() : promised,
                        SERVER_CERTIFICATE,
                        SrtpCiphers.jdk(),
                        handedOver::add,
                        nowNanos);
    }

    int check(boolean nominate) {
        byte[] datagram = ice.check(nominate);
        int result = transport.onStun(path, datagram, 0, datagram.length, nowNanos, network.batch);
        takeEvents();
        return result;
    }

    void startDtls() {
        dtls =
                DtlsHandshake.client(
                        certificate,
                        SERVER_CERTIFICATE.fingerprint(),
                        List.of(SrtpProfile.values()),
                        output -> handedOver.add((now, out) -> onClientOutput(output)));
    }

    private void onClientOutput(DtlsOutput output) {
        switch (output) {
            case DtlsOutput.Datagram(byte[] bytes) -> {
                int _ = transport.onDtls(path, bytes, 0, bytes.length, nowNanos);
            }
            case DtlsOutput.Keys(SrtpKeys got) -> keys = got;
            case DtlsOutput.Ended end -> ended = end;
        }
        takeEvents();
    }

    /// Checks, shakes hands and comes back connected.
    void connect() {
        check(true);
        startDtls();
        runUntil(() -> transport.ready() && keys != null);
    }

    /// Runs the home loop until `done`, delivering the server's datagrams to the client.
    void runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            try {
                HomeLoop.Task task = handedOver.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (task == null) {
                    throw new AssertionError("nothing came");
                }
                task.run(nowNanos, network.batch);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            takeEvents();
            while (!network.isEmpty()) {
                byte[] bytes = network.take().bytes();
                if (dtls != null && PacketKind.of(bytes, 0, bytes.length) == PacketKind.DTLS) {
                    dtls.feed(bytes, 0, bytes.length);
                }
            }
        }
    }

    void tick(long atNanos) {
        nowNanos = atNanos;
        transport.tick(atNanos, network.batch);
        takeEvents();
    }

    private void takeEvents() {
        for (TransportEvent e = transport.pollEvent(); e != null; e = transport.pollEvent()) {
            events.add(e);
        }
    }
}
