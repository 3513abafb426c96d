package org.maplebridge.signaling.replay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.maplebridge.dispatch.journal.seal.Signer;

/// The key by which this node seals packages and the journal's blocks: Ed25519, made once.
///
/// Thread: any, immutable.
public final class Seal implements Signer {
    private final PrivateKey secret;
    private final byte[] shown;

    private Seal(PrivateKey secret, byte[] shown) {
        this.secret = secret;
        this.shown = shown;
    }

    /// @return secret and public key as text, to be kept where nobody else reads it
    public static String make() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var text = Base64.getEncoder();
            return text.encodeToString(pair.getPrivate().getEncoded())
                    + " "
                    + text.encodeToString(pair.getPublic().getEncoded())
                    + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /// @param kept what [#make] gave
    /// @throws IllegalArgumentException when it is anything else
    public static Seal of(String kept) {
        String[] parts = kept.strip().split(" ", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no key to seal by");
        }
        try {
            var keys = KeyFactory.getInstance("Ed25519");
            var secret =
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[0])));
            byte[] shown = Base64.getDecoder().decode(parts[1]);
            if (!belongs(secret, keys.generatePublic(new X509EncodedKeySpec(shown)))) {
                throw new IllegalArgumentException("secret and public key are of two pairs");
            }
            return new Seal(secret, shown);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key to seal by", e);
        }
    }

    private static boolean belongs(PrivateKey secret, PublicKey shown)
            throws GeneralSecurityException {
        byte[] text = shown.getEncoded();
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(shown);
        signature.update(text);
        return signature.verify(signed);
    }

    @Override
    public String publicKey() {
        return Base64.getEncoder().encodeToString(shown);
    }

    /// By which people tell the key from others.
    public String fingerprint() {
        return VerifyPackage.hex(VerifyPackage.sha256().digest(shown));
    }

    @Override
    public String signature(String text) {
        return Base64.getEncoder().encodeToString(signed(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// In lines, as a file of its own.
    byte[] sign(byte[] text) {
        return Base64.getMimeEncoder().encode(signed(text));
    }

    private byte[] signed(byte[] text) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }
}
