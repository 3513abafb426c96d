package org.maplebridge.media.srtp;

import org.maplebridge.media.srtp.cipher.CipherSource;

/// The choice of ciphers a node makes once, at start, and hands to all its legs.
///
/// @param source where the ciphers come from
public record SrtpCiphers(CipherSource source) {
    private static final SrtpCiphers JDK = new SrtpCiphers(CipherSource.jdk());
    private static final SrtpCiphers BEST = new SrtpCiphers(CipherSource.best());

    /// The fastest that passed the known-answer test on this machine.
    public static SrtpCiphers best() {
        return BEST;
    }

    /// The JDK's own, always there.
    public static SrtpCiphers jdk() {
        return JDK;
    }

    /// For the log line at start, e.g. `OpenSSL 3.0.19`.
    public String name() {
        return source.name();
    }

    @Override
    public String toString() {
        return name();
    }
}
