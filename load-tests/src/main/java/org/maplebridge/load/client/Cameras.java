package org.maplebridge.load.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;

/// Many publishers without an audience, on one thread of this process.
///
/// Thread: the scenario's.
public final class Cameras implements AutoCloseable {
    private static final long INTERVAL_NANOS = 1_000_000;
    private static final long CONNECT_NANOS = 30_000_000_000L;

    private final Door door;
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final SrtpCiphers ciphers = SrtpCiphers.best();
    private final SecureRandom random = new SecureRandom();
    private final ClientThread thread = new ClientThread("cameras", INTERVAL_NANOS);
    private int count;

    public Cameras(Door door) {
        this.door = door;
    }

    /// Opens one more and waits until it is connected.
    public void publish(String source, MediaPattern pattern) throws IOException {
        var ice = IceCredentials.random(random);
        int ssrc = random.nextInt(1, Integer.MAX_VALUE - 1);
        var offer =
                new ClientOffer(ice, certificate.fingerprint(), pattern.video(), true, ssrc, false);
        String answer = door.publish("leg-" + source, source, offer.text());
        var terminal =
                new Terminal(
                        ServerAnswer.parse(answer),
                        ice,
                        certificate,
                        List.of(SrtpProfile.AEAD_AES_128_GCM),
                        ciphers,
                        new DelayHistogram(),
                        pattern,
                        pattern.video(),
                        ssrc,
                        System.nanoTime());
        boolean added = thread.ask(terminals -> terminals.add(terminal)).join();
        count += added ? 1 : 0;
        long deadline = System.nanoTime() + CONNECT_NANOS;
        while (sum(t -> t.state() == ClientPeer.State.CONNECTED ? 1 : 0) < count) {
            if (System.nanoTime() - deadline >= 0) {
                throw new IOException(source + " was not connected in time");
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /// Packets sent by all so far.
    public long packets() {
        return sum(terminal -> {
            var sender = terminal.sender();
            return sender == null ? 0 : sender.packets();
        });
    }

    /// How far any of them fell behind its plan since asked last.
    public long takeLatenessNanos() {
        return thread.ask(
                        terminals -> {
                            long worst = 0;
                            for (Terminal terminal : new ArrayList<>(terminals)) {
                                var sender = terminal.sender();
                                worst =
                                        Math.max(
                                                worst,
                                                sender == null ? 0 : sender.takeLatenessNanos());
                            }
                            return worst;
                        })
                .join();
    }

    private long sum(ToLongFunction<Terminal> figure) {
        return thread.ask(terminals -> terminals.stream().mapToLong(figure).sum()).join();
    }

    @Override
    public void close() {
        thread.close();
    }
}
