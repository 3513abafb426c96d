package org.maplebridge.media.srtp.cipher;

import org.jspecify.annotations.Nullable;

/// Where SRTP's block ciphers and hashes come from: the system's libcrypto, else the JDK; AES-GCM
/// from Intel's library where it is installed and the processor is one it is written for.
public abstract class CipherSource {
    CipherSource() {}

    /// What this machine offers, fastest first; chosen once, by a known-answer test.
    public static CipherSource best() {
        return Choice.BEST;
    }

    /// The JDK's own, always there.
    public static CipherSource jdk() {
        return Choice.JDK;
    }

    /// For the log line at start, e.g. `OpenSSL 3.0.19`.
    public abstract String name();

    /// AES-GCM under one key, of 16 or 32 bytes.
    public abstract Aead gcm(byte[] key, Direction direction);

    /// AES-128 in counter mode under one key.
    public abstract CounterMode counterMode(byte[] key);

    /// HMAC-SHA1 cut to 80 bits under one key.
    public abstract HmacSha1 hmacSha1(byte[] key);

    @Override
    public String toString() {
        return name();
    }

    public enum Direction {
        SEAL,
        OPEN
    }

    private static final class Choice {
        /// Off only to measure what it brings.
        private static final boolean USE_IPSEC_MB =
                !Boolean.getBoolean("maplebridge.srtp.without-ipsec-mb");

        static final CipherSource JDK = new JdkCiphers();
        static final CipherSource BEST = choose();

        private static CipherSource choose() {
            CipherSource common = proved(LibcryptoCiphers.open(), JDK);
            return USE_IPSEC_MB ? proved(IpsecMbCiphers.open(common), common) : common;
        }

        private static CipherSource proved(@Nullable CipherSource candidate, CipherSource other) {
            return candidate != null && CipherProbe.agree(candidate, JDK) ? candidate : other;
        }
    }
}
