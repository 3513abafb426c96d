package org.maplebridge.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;

/// A simulated terminal's side of a DTLS-SRTP handshake.
///
/// Thread: its handshake's thread.
final class PeerTlsClient extends DefaultTlsClient {
    private final DtlsCertificate certificate;
    private final PeerProof proof;
    private final List<SrtpProfile> profiles;
    private final Consumer<SrtpKeys> keys;
    private @Nullable SrtpProfile profile;

    PeerTlsClient(
            DtlsCertificate certificate,
            PeerProof proof,
            List<SrtpProfile> profiles,
            Consumer<SrtpKeys> keys) {
        super(DtlsCertificate.CRYPTO);
        this.certificate = certificate;
        this.proof = proof;
        this.profiles = List.copyOf(profiles);
        this.keys = keys;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return PeerProof.cipherSuites();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return PeerProof.HANDSHAKE_TIMEOUT_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return PeerProof.RESEND_MILLIS;
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // BouncyCastle's signature
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        int[] ids = profiles.stream().mapToInt(SrtpProfile::dtlsId).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(serverExtensions);
        if (chosen == null || chosen.getProtectionProfiles().length != 1) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        profile = SrtpProfile.ofDtlsId(chosen.getProtectionProfiles()[0]).orElse(null);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                proof.check(server.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return certificate.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != null) {
            keys.accept(PeerProof.export(context, profile, false));
        }
    }
}
