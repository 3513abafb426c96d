package org.maplebridge.media.srtp.cipher;

/// The JDK's own ciphers: on every machine, at twice the price and with garbage per packet.
final class JdkCiphers extends CipherSource {
    @Override
    public String name() {
        return "JDK " + Runtime.version().feature();
    }

    @Override
    public Aead gcm(byte[] key, Direction direction) {
        return new JdkGcm(key, direction);
    }

    @Override
    public CounterMode counterMode(byte[] key) {
        return new JdkCounterMode(key);
    }

    @Override
    public HmacSha1 hmacSha1(byte[] key) {
        return new JdkHmacSha1(key);
    }
}
