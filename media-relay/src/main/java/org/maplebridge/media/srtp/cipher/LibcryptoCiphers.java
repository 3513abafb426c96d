package org.maplebridge.media.srtp.cipher;

import org.jspecify.annotations.Nullable;

/// Ciphers of the system's libcrypto: keyed once, no garbage per packet.
final class LibcryptoCiphers extends CipherSource {
    private final String name;

    private LibcryptoCiphers(String name) {
        this.name = name;
    }

    /// Null where the library, one of its functions, or the permission to call it is missing.
    static @Nullable CipherSource open() {
        try {
            return new LibcryptoCiphers(Libcrypto.version());
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
        return new LibcryptoGcm(key, direction);
    }

    @Override
    public CounterMode counterMode(byte[] key) {
        return new LibcryptoCounterMode(key);
    }

    @Override
    public HmacSha1 hmacSha1(byte[] key) {
        return new LibcryptoHmacSha1(key);
    }
}
