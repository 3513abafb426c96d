package org.maplebridge.media.dtls;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.Datagrams;

/// One DTLS association: shakes hands, gives the SRTP keys, then listens for the peer's goodbye and
/// answers retransmitted last flights (RFC 6347 §4.2.4).
///
/// BouncyCastle's protocol code blocks and reads the clock, so it runs on a virtual thread of its
/// own, fed with datagrams and emptied through a consumer that is called on that thread.
///
/// Thread: [#feed] and [#close] any; the rest its own virtual thread.
public final class DtlsHandshake {
    private final QueueTransport transport;
    private final PeerProof proof;
    private final Consumer<DtlsOutput> output;

    /// Runs one role's handshake to its end.
    @FunctionalInterface
    private interface Role {
        DTLSTransport handshake(QueueTransport transport) throws IOException;
    }

    private DtlsHandshake(Fingerprint remote, Consumer<DtlsOutput> output) {
        this.proof = new PeerProof(remote);
        this.transport = new QueueTransport(output);
        this.output = output;
    }

    /// Waits for a ClientHello.
    ///
    /// @param output called on the handshake's thread; must not block
    public static DtlsHandshake server(
            DtlsCertificate certificate, Fingerprint remote, Consumer<DtlsOutput> output) {
        var handshake = new DtlsHandshake(remote, output);
        var server = new RelayTlsServer(certificate, handshake.proof, handshake::onKeys);
        return handshake.start(flow -> new DTLSServerProtocol().accept(server, flow));
    }

    /// Sends a ClientHello; for simulated clients.
    ///
    /// @param output called on the handshake's thread; must not block
    public static DtlsHandshake client(
            DtlsCertificate certificate,
            Fingerprint remote,
            List<SrtpProfile> profiles,
            Consumer<DtlsOutput> output) {
        var handshake = new DtlsHandshake(remote, output);
        var client = new PeerTlsClient(certificate, handshake.proof, profiles, handshake::onKeys);
        return handshake.start(flow -> new DTLSClientProtocol().connect(client, flow));
    }

    /// Takes a datagram; copies it.
    ///
    /// @return false when too many wait already
    public boolean feed(byte[] data, int offset, int length) {
        return transport.feed(data, offset, length);
    }

    /// Says close_notify if the handshake is through, and ends the thread.
    public void close() {
        transport.end();
    }

    private DtlsHandshake start(Role role) {
        Thread.ofVirtual().name("dtls").start(() -> run(role));
        return this;
    }

    private void run(Role role) {
        DtlsEnd end;
        try {
            end = listen(role.handshake(transport));
        } catch (TlsTimeoutException e) {
            end = DtlsEnd.HANDSHAKE_TIMEOUT;
        } catch (QueueTransport.Ended e) {
            end = DtlsEnd.CLOSED;
        } catch (IOException | RuntimeException e) {
            // A peer may send anything: whatever BouncyCastle makes of it ends this handshake only.
            end = proof.mismatched() ? DtlsEnd.FINGERPRINT_MISMATCH : DtlsEnd.HANDSHAKE_FAILED;
        }
        transport.flush();
        output.accept(new DtlsOutput.Ended(end));
    }

    /// The flight that ends the handshake leaves first: the peer can use no media before it.
    private void onKeys(SrtpKeys keys) {
        transport.flush();
        output.accept(new DtlsOutput.Keys(keys));
    }

    /// Application data has no meaning here and is dropped.
    private DtlsEnd listen(DTLSTransport association) {
        byte[] ignored = new byte[Datagrams.MAX_LENGTH];
        try {
            while (true) {
                int unused = association.receive(ignored, 0, ignored.length, 0);
            }
        } catch (QueueTransport.Ended e) {
            if (transport.closed()) {
                return DtlsEnd.PEER_CLOSED;
            }
            goodbye(association);
            return DtlsEnd.CLOSED;
        } catch (IOException | RuntimeException e) {
            return DtlsEnd.PEER_CLOSED; // a fatal alert, or records no peer of ours would send
        }
    }

    private static void goodbye(DTLSTransport association) {
        try {
            association.close();
        } catch (IOException e) {
            // The peer will miss our checks' answers instead.
        }
    }

    /// Shakes hands with oneself once, so that the first peer does not wait for class loading.
    public static void warmUp() {
        var certificate = DtlsCertificate.generate();
        var done = new CompletableFuture<SrtpKeys>();
        var ends = new DtlsHandshake[2];
        var both = new CompletableFuture<DtlsHandshake[]>();
        ends[0] = server(certificate, certificate.fingerprint(), out -> pass(out, both, 1, done));
        ends[1] =
                client(
                        certificate,
                        certificate.fingerprint(),
                        List.of(SrtpProfile.values()),
                        out -> pass(out, both, 0, done));
        both.complete(ends);
        done.orTimeout(PeerProof.HANDSHAKE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> null)
                .join();
        ends[0].close();
        ends[1].close();
    }

    private static void pass(
            DtlsOutput out,
            CompletableFuture<DtlsHandshake[]> ends,
            int to,
            CompletableFuture<SrtpKeys> done) {
        switch (out) {
            case DtlsOutput.Datagram(byte[] bytes) -> ends.join()[to].feed(bytes, 0, bytes.length);
            case DtlsOutput.Keys(SrtpKeys keys) -> done.complete(keys);
            case DtlsOutput.Ended _ -> {}
        }
    }
}
