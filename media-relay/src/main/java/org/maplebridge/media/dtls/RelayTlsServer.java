package org.maplebridge.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.srtp.SrtpProfile;

/// The relay's side of a DTLS-SRTP handshake: wants a client certificate and a common SRTP profile.
///
/// Thread: its handshake's thread.
final class RelayTlsServer extends DefaultTlsServer {
    private static final short[] HASHES = {
        HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512, HashAlgorithm.sha1
    };

    private final DtlsCertificate certificate;
    private final PeerProof proof;
    private final Consumer<SrtpKeys> keys;
    private @Nullable SrtpProfile profile;

    RelayTlsServer(DtlsCertificate certificate, PeerProof proof, Consumer<SrtpKeys> keys) {
        super(DtlsCertificate.CRYPTO);
        this.certificate = certificate;
        this.proof = proof;
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

    /// Exported keys are bound to this handshake alone only with it (RFC 7627 §5.4).
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /// Peers' certificates are self-signed and known by fingerprint: their own signature says
    /// nothing.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return certificate.signer(context);
    }

    /// RSA too: that is what GStreamer presents.
    @Override
    public CertificateRequest getCertificateRequest() {
        var algorithms = new Vector<SignatureAndHashAlgorithm>();
        for (short hash : HASHES) {
            algorithms.add(new SignatureAndHashAlgorithm(hash, SignatureAlgorithm.ecdsa));
            algorithms.add(new SignatureAndHashAlgorithm(hash, SignatureAlgorithm.rsa));
        }
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        proof.check(clientCertificate);
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        UseSRTPData offered =
                clientExtensions == null
                        ? null
                        : TlsSRTPUtils.getUseSRTPExtension(clientExtensions);
        if (offered != null) {
            profile = best(offered.getProtectionProfiles());
        }
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    private static @Nullable SrtpProfile best(int[] offered) {
        for (SrtpProfile ours : SrtpProfile.values()) {
            for (int theirs : offered) {
                if (theirs == ours.dtlsId()) {
                    return ours;
                }
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // BouncyCastle's signature
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        if (profile != null) {
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {profile.dtlsId()}, new byte[0]));
        }
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != null) {
            keys.accept(PeerProof.export(context, profile, true));
        }
    }
}
