package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate for trying HTTPS out, made at the first start and kept, so that an exception made
/// in a browser stays good.
///
/// @param certificate,key PEM files
record SelfSignedCertificate(Path certificate, Path key) {
    /// Browsers refuse longer ones.
    private static final Duration VALID = Duration.ofDays(397);

    static SelfSignedCertificate in(Path directory) {
        var made =
                new SelfSignedCertificate(
                        directory.resolve("certificate.pem"), directory.resolve("key.pem"));
        if (!Files.exists(made.certificate) || !Files.exists(made.key)) {
            try {
                made.write();
            } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
                throw new StartRefused(
                        "No certificate could be made in " + directory + ".",
                        "Make the directory writable, or give maplebridge.tls.certificate and"
                                + " maplebridge.tls.key.",
                        e);
            }
        }
        return made;
    }

    private void write() throws IOException, GeneralSecurityException, OperatorCreationException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var host = InetAddress.getLocalHost().getHostName();
        var name = new X500Name("CN=Maplebridge " + host);
        var now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, new SecureRandom()),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(VALID)),
                        name,
                        pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, names(host));
        var signed =
                builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        PrivateFile.write(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        PrivateFile.write(certificate, pem(signed));
    }

    private static GeneralNames names(String host) {
        return new GeneralNames(
                new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.dNSName, host),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.iPAddress, "::1")
                });
    }

    private static String pem(Object object) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
