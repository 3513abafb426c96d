package org.maplebridge.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// The self-signed certificate of a node, made anew at every start; peers know it by its
/// fingerprint.
///
/// Thread: any, immutable.
public final class DtlsCertificate {
    static final BcTlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());

    /// Peers look at the fingerprint only; a day of slack covers clocks that are off.
    private static final Duration SLACK = Duration.ofDays(1);

    private static final Duration VALIDITY = Duration.ofDays(365);

    private static final SignatureAndHashAlgorithm ECDSA_SHA256 =
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final AsymmetricKeyParameter privateKey;
    private final Certificate chain;
    private final Fingerprint fingerprint;

    private DtlsCertificate(
            AsymmetricKeyParameter privateKey, Certificate chain, Fingerprint fingerprint) {
        this.privateKey = privateKey;
        this.chain = chain;
        this.fingerprint = fingerprint;
    }

    /// Makes a P-256 key and certificate.
    public static DtlsCertificate generate() {
        try {
            var keys = new ECKeyPairGenerator();
            var curve = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
            keys.init(new ECKeyGenerationParameters(curve, CRYPTO.getSecureRandom()));
            AsymmetricCipherKeyPair pair = keys.generateKeyPair();
            byte[] der = selfSigned(pair);
            var chain = new Certificate(new TlsCertificate[] {CRYPTO.createCertificate(der)});
            return new DtlsCertificate(pair.getPrivate(), chain, Fingerprint.sha256(der));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static byte[] selfSigned(AsymmetricCipherKeyPair pair)
            throws IOException, OperatorCreationException {
        var name = new X500Name("CN=maplebridge");
        Instant now = Instant.now();
        var builder =
                new X509v3CertificateBuilder(
                        name,
                        new BigInteger(63, CRYPTO.getSecureRandom()).setBit(0),
                        Date.from(now.minus(SLACK)),
                        Date.from(now.plus(VALIDITY)),
                        name,
                        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        var signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        return builder.build(
                        new BcECContentSignerBuilder(signature, digest).build(pair.getPrivate()))
                .getEncoded();
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), CRYPTO, privateKey, chain, ECDSA_SHA256);
    }
}
