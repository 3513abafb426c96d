package org.maplebridge.media.link;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.ice.IceCredentials;

/// Our end of a link to come, with the half of its key that stays here.
///
/// Keys are agreed by X25519 (RFC 7748 §6.1), from which HKDF-SHA256 (RFC 5869) makes those of both
/// directions: the cluster's secret is its salt, and what both ends told is in its info, in an
/// order both know. Who lacks the secret gets other keys, and so does who was told other ends.
///
/// No key is ever used twice, so no nonce of AES-GCM is either, although packet numbers begin anew
/// with each opening: an end is made with a fresh key and nonce and agrees once, so that even an
/// other end told again gives new keys.
///
/// Thread: any, guarded by itself.
public final class OwnEnd {
    private static final String ALGORITHM = "X25519";
    private static final String LABEL = "maplebridge link 1";
    private static final int NONCE_BYTES = 16;
    private static final int LEAST_SECRET_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern FRAGMENT = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern PUBLIC_KEY = Pattern.compile("[0-9a-f]{64,256}");
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");

    private final LinkEnd end;
    private @Nullable PrivateKey privateKey;

    private OwnEnd(LinkEnd end, PrivateKey privateKey) {
        this.end = end;
        this.privateKey = privateKey;
    }

    /// @param addresses where we may be reached, best first
    public static OwnEnd make(List<InetSocketAddress> addresses, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var end =
                    new LinkEnd(
                            IceCredentials.random(random).fragment(),
                            HEX.formatHex(pair.getPublic().getEncoded()),
                            HEX.formatHex(nonce),
                            addresses);
            return new OwnEnd(end, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    public LinkEnd end() {
        return end;
    }

    /// Agrees on keys with the other end, once.
    ///
    /// @return null when it was done before, or the other end cannot be one
    /// @throws IllegalArgumentException when the secret is too short to be one
    synchronized @Nullable LinkKeys agree(LinkEnd theirs, byte[] clusterSecret) {
        if (clusterSecret.length < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the cluster's secret has at least " + LEAST_SECRET_BYTES + " bytes");
        }
        PrivateKey ours = privateKey;
        if (ours == null || !plausible(theirs)) {
            return null;
        }
        try {
            var agreement = KeyAgreement.getInstance(ALGORITHM);
            agreement.init(ours);
            agreement.doPhase(publicKey(theirs), true); // refuses points of small order
            byte[] shared = agreement.generateSecret();
            privateKey = null;
            return derive(shared, theirs, clusterSecret);
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            return null;
        }
    }

    private boolean plausible(LinkEnd theirs) {
        return FRAGMENT.matcher(theirs.fragment()).matches()
                && NONCE.matcher(theirs.nonce()).matches()
                && PUBLIC_KEY.matcher(theirs.publicKey()).matches()
                && !theirs.publicKey().equals(end.publicKey());
    }

    private static PublicKey publicKey(LinkEnd of) throws GeneralSecurityException {
        byte[] encoded = HEX.parseHex(of.publicKey());
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private LinkKeys derive(byte[] shared, LinkEnd theirs, byte[] clusterSecret)
            throws GeneralSecurityException {
        boolean first = end.publicKey().compareTo(theirs.publicKey()) < 0;
        String told = first ? told(end) + told(theirs) : told(theirs) + told(end);
        var rule =
                HKDFParameterSpec.ofExtract()
                        .addIKM(new SecretKeySpec(shared, "Generic"))
                        .addSalt(clusterSecret)
                        .thenExpand(
                                (LABEL + told).getBytes(StandardCharsets.US_ASCII),
                                LinkKeys.LENGTH);
        return LinkKeys.of(KDF.getInstance("HKDF-SHA256").deriveData(rule), first);
    }

    /// No part of it can hold the sign between them.
    private static String told(LinkEnd by) {
        return "\n" + by.publicKey() + "\n" + by.nonce() + "\n" + by.fragment();
    }

    @Override
    public String toString() {
        return "OwnEnd[" + end.fragment() + "]";
    }
}
