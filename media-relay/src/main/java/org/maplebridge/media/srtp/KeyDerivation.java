package org.maplebridge.media.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Session keys from a master key and salt, derived once: the key derivation rate is 0 (RFC 3711
/// §4.3.1; RFC 7714 §11 for the 12-byte salts).
final class KeyDerivation {
    static final int RTP_KEY = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_KEY = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private final byte[] masterKey;
    private final byte[] masterSalt;

    KeyDerivation(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyLength() || masterSalt.length != profile.saltLength()) {
            throw new IllegalArgumentException("key or salt not of " + profile + "'s length");
        }
        this.masterKey = masterKey;
        this.masterSalt = masterSalt;
    }

    /// The pseudo-random function of RFC 3711 §4.3.3: AES in counter mode, starting at the salt
    /// with the label at byte 7 (the 48-bit index behind it is 0), over zeros.
    byte[] derive(int label, int length) {
        byte[] start = Arrays.copyOf(masterSalt, 16);
        start[7] ^= (byte) label;
        try {
            Cipher counterMode = Cipher.getInstance("AES/CTR/NoPadding");
            counterMode.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(masterKey, "AES"),
                    new IvParameterSpec(start));
            return counterMode.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
