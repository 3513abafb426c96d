package org.maplebridge.media.dtls;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;

/// Server and client of one handshake, joined by a network that may lose datagrams.
///
/// Thread: its test; futures come from the handshakes' threads.
final class HandshakePair {
    /// Waits at most this long for what must come; nothing here waits when all is well.
    static final int PATIENCE_SECONDS = 20;

    final CompletableFuture<SrtpKeys> serverKeys = new CompletableFuture<>();
    final CompletableFuture<SrtpKeys> clientKeys = new CompletableFuture<>();
    final CompletableFuture<DtlsEnd> serverEnd = new CompletableFuture<>();
    final CompletableFuture<DtlsEnd> clientEnd = new CompletableFuture<>();
    final AtomicInteger toServer = new AtomicInteger();
    final AtomicInteger toClient = new AtomicInteger();
    final DtlsCertificate serverCertificate = DtlsCertificate.generate();
    final DtlsCertificate clientCertificate = DtlsCertificate.generate();
    private final CompletableFuture<DtlsHandshake> server = new CompletableFuture<>();
    private final CompletableFuture<DtlsHandshake> client = new CompletableFuture<>();
    Fingerprint serverExpects = clientCertificate.fingerprint();
    Fingerprint clientExpects = serverCertificate.fingerprint();
    List<SrtpProfile> profiles = List.of(SrtpProfile.values());

    /// Whether the n-th datagram (from 0) to that side is lost.
    IntPredicate lostToServer = _ -> false;

    IntPredicate lostToClient = _ -> false;

    void start() {
        server.complete(
                DtlsHandshake.server(
                        serverCertificate,
                        serverExpects,
                        out ->
                                deliver(
                                        out,
                                        client,
                                        toClient,
                                        lostToClient,
                                        serverKeys,
                                        serverEnd)));
        client.complete(
                DtlsHandshake.client(
                        clientCertificate,
                        clientExpects,
                        profiles,
                        out ->
                                deliver(
                                        out,
                                        server,
                                        toServer,
                                        lostToServer,
                                        clientKeys,
                                        clientEnd)));
    }

    private static void deliver(
            DtlsOutput out,
            CompletableFuture<DtlsHandshake> to,
            AtomicInteger count,
            IntPredicate lost,
            CompletableFuture<SrtpKeys> keys,
            CompletableFuture<DtlsEnd> end) {
        switch (out) {
            case DtlsOutput.Datagram(byte[] bytes) -> {
                if (!lost.test(count.getAndIncrement())) {
                    to.join().feed(bytes, 0, bytes.length);
                }
            }
            case DtlsOutput.Keys(SrtpKeys got) -> keys.complete(got);
            case DtlsOutput.Ended(DtlsEnd why) -> end.complete(why);
        }
    }

    DtlsHandshake server() {
        return server.join();
    }

    DtlsHandshake client() {
        return client.join();
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("did not come", e);
        }
    }
}
