package org.maplebridge.load.client;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.SrtpCiphers;

/// Makes the media of push-to-talk terminals and keeps what all of them measured.
///
/// Thread: any.
public final class VoiceTerminals implements AutoCloseable {
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final SrtpCiphers ciphers = SrtpCiphers.best();
    private final SecureRandom random = new SecureRandom();
    private final List<VoiceThread> threads = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    /// What all terminals measured since the last [#startWindow].
    ///
    /// @param relayDelays from a talker's send call to a listener's kernel, with the floor granted
    /// @param mouthToEar from a packet's first sample to a listener's kernel, early ones included
    /// @param latenessNanos furthest that a talker fell behind its own plan
    public record Window(
            DelayHistogram relayDelays, DelayHistogram mouthToEar, long latenessNanos) {}

    public VoiceTerminals(int threads) {
        for (int i = 0; i < threads; i++) {
            this.threads.add(new VoiceThread("terminals-" + i));
        }
    }

    public VoiceTerminal make() {
        var thread = threads.get(made.getAndIncrement() % threads.size());
        int ssrc = random.nextInt(1, Integer.MAX_VALUE);
        return new VoiceTerminal(this, thread, IceCredentials.random(random), ssrc);
    }

    DtlsCertificate certificate() {
        return certificate;
    }

    SrtpCiphers ciphers() {
        return ciphers;
    }

    public void startWindow() {
        for (var thread : threads) {
            thread.ask(() -> {
                thread.relayDelays.clear();
                thread.mouthToEar.clear();
                return thread.takeLatenessNanos();
            });
        }
    }

    public Window endWindow() {
        var relay = new DelayHistogram();
        var ears = new DelayHistogram();
        long late = 0;
        for (var thread : threads) {
            late =
                    Math.max(
                            late,
                            thread.ask(() -> {
                                relay.add(thread.relayDelays);
                                ears.add(thread.mouthToEar);
                                return thread.takeLatenessNanos();
                            }));
        }
        return new Window(relay, ears, late);
    }

    @Override
    public void close() {
        threads.forEach(VoiceThread::close);
    }
}
