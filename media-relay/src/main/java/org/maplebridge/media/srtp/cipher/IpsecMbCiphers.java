package org.maplebridge.media.srtp.cipher;

import org.jspecify.annotations.Nullable;

/// AES-GCM of Intel's Multi-Buffer Crypto library, everything else from another source.
final class IpsecMbCiphers extends CipherSource {
    private final CipherSource others;
    private final String name;

    private IpsecMbCiphers(CipherSource others, String version) {
        this.others = others;
        this.name = "ipsec-mb " + version + " with " + others.name();
    }

    /// Null where the library, the processor it is for, or the permission to call it is missing.
    static @Nullable CipherSource open(CipherSource others) {
        try {
            return new IpsecMbCiphers(others, IpsecMb.version());
        } catch (LinkageError | RuntimeException _) {
            return null;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Aead gcm(byte[] key, Direction direction) {
        return new IpsecMbGcm(key);
    }

    @Override
    public CounterMode counterMode(byte[] key) {
        return others.counterMode(key);
    }

    @Override
    public HmacSha1 hmacSha1(byte[] key) {
        return others.hmacSha1(key);
    }
}
