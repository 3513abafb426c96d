package org.maplebridge.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;

/// What both roles of a handshake have in common: whom they trust and what they take away.
///
/// Thread: its handshake's thread.
final class PeerProof {
    /// A flight lost on a mobile link costs this much, not BouncyCastle's default second.
    static final int RESEND_MILLIS = 150;

    static final int HANDSHAKE_TIMEOUT_MILLIS = 10_000;

    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, // RFC 8827 §6.5 lets old peers stop here
    };

    private final Fingerprint expected;
    private boolean mismatch;

    PeerProof(Fingerprint expected) {
        this.expected = expected;
    }

    static int[] cipherSuites() {
        return CIPHER_SUITES.clone();
    }

    /// Ends the handshake unless the peer's certificate is the promised one.
    void check(Certificate certificate) throws IOException {
        if (certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        if (!expected.matches(certificate.getCertificateAt(0).getEncoded())) {
            mismatch = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    boolean mismatched() {
        return mismatch;
    }

    static SrtpKeys export(TlsContext context, SrtpProfile profile, boolean server) {
        byte[] exported =
                context.exportKeyingMaterial(
                        SrtpKeys.EXPORTER_LABEL, null, SrtpKeys.exportedLength(profile));
        return SrtpKeys.ofExported(profile, exported, server);
    }
}
