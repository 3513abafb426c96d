package org.maplebridge.media.srtp;

import org.jspecify.annotations.Nullable;

/// Ciphers of the system's libcrypto: keyed once, no garbage per packet.
final class LibcryptoCiphers extends SrtpCiphers {
    private final String name;

    private LibcryptoCiphers(String name) {
        this.name = name;
    }

    /// Null where the library, one of its functions, or the permission to call it is missing.
    static @Nullable SrtpCiphers open() {
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
    Aead gcm(byte[] key, Direction direction) {
        return new LibcryptoGcm(key, direction);
    }

    @Override
    CounterMode counterMode(byte[] key) {
        return new LibcryptoCounterMode(key);
    }

    @Override
    HmacSha1 hmacSha1(byte[] key) {
        return new LibcryptoHmacSha1(key);
    }
}
