package org.maplebridge.load.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;

/// Makes encoders and players that come and go one by one, and works for all of them.
///
/// Thread: any; they work on one thread of its own.
public final class PictureTerminals implements AutoCloseable {
    private static final long INTERVAL_NANOS = 2_000_000;

    /// The way into a server.
    @FunctionalInterface
    public interface Entry {
        /// @return the SDP answer
        String answer(String offer) throws IOException;
    }

    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final SrtpCiphers ciphers = SrtpCiphers.best();
    private final SecureRandom random = new SecureRandom();
    private final DelayHistogram delays = new DelayHistogram();
    private final ClientThread thread = new ClientThread("pictures", INTERVAL_NANOS);

    /// Sends a picture.
    public PictureTerminal publish(Entry entry, VideoPattern pattern) throws IOException {
        return open(entry, pattern, new PictureTerminal(thread));
    }

    /// Gets a picture.
    public PictureTerminal play(Entry entry) throws IOException {
        return open(entry, null, new PictureTerminal(thread));
    }

    private PictureTerminal open(
            Entry entry, @Nullable VideoPattern pattern, PictureTerminal opened)
            throws IOException {
        var ice = IceCredentials.random(random);
        int ssrc = random.nextInt(1, Integer.MAX_VALUE - 1);
        boolean publishes = pattern != null;
        var offer = new ClientOffer(ice, certificate.fingerprint(), true, publishes, ssrc, false);
        var terminal =
                new Terminal(
                        ServerAnswer.parse(entry.answer(offer.text())),
                        ice,
                        certificate,
                        List.of(SrtpProfile.AEAD_AES_128_GCM),
                        ciphers,
                        delays,
                        pattern,
                        true,
                        ssrc,
                        System.nanoTime());
        terminal.tellPictures(opened::shown);
        opened.begin(terminal);
        return opened;
    }

    @Override
    public void close() {
        thread.close();
    }
}
