package org.maplebridge.media.srtp;

/// Where SRTP's block ciphers and hashes come from: the system's libcrypto, else the JDK.
public interface SrtpCiphers {
    /// What this machine offers, fastest first; chosen once, by a known-answer test.
    static SrtpCiphers best() {
        throw new UnsupportedOperationException("coming");
    }

    /// The JDK's own, always there.
    static SrtpCiphers jdk() {
        throw new UnsupportedOperationException("coming");
    }

    /// For the log line at start, e.g. `libcrypto OpenSSL 3.0.19`.
    String name();
}
