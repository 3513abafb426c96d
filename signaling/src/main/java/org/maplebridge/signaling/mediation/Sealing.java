package org.maplebridge.signaling.mediation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.dispatch.model.MediationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps names, numbers of identity cards and telephones so that the record alone shows nobody's:
/// AES-256-GCM under the site's key, bound to the place they belong to.
///
/// Thread: any, immutable.
public final class Sealing {
    public static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public Sealing(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /// @param place what it belongs to: what is sealed there opens nowhere else
    public String seal(String text, String place) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(bytes(text));
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /// What telephone numbers of a mediation belong to.
    public static String phonesOf(MediationId mediation) {
        return mediation + "/phone";
    }

    /// By which a short secret is found that has too few digits for a plain hash: without the
    /// site's key nobody tries all of them over a copy of the record.
    public String mark(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes("code/" + secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /// @return nothing when it was not sealed by this key for this place
    public Optional<String> open(String sealed, String place) {
        var all = Base64.getDecoder().decode(sealed);
        try {
            var nonce = Arrays.copyOf(all, NONCE_BYTES);
            var text =
                    cipher(Cipher.DECRYPT_MODE, nonce, place)
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            LOG.warn("something of {} was sealed by another key", place, e);
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bytes(place));
        return cipher;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
