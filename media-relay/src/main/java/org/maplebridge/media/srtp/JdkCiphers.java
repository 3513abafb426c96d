package org.maplebridge.media.srtp;

/// The JDK's own ciphers: on every machine, at twice the price and with garbage per packet.
final class JdkCiphers extends SrtpCiphers {
    @Override
    public String name() {
        return "JDK " + Runtime.version().feature();
    }

    @Override
    Aead gcm(byte[] key, Direction direction) {
        return new JdkGcm(key, direction);
    }

    @Override
    CounterMode counterMode(byte[] key) {
        return new JdkCounterMode(key);
    }

    @Override
    HmacSha1 hmacSha1(byte[] key) {
        return new JdkHmacSha1(key);
    }
}
