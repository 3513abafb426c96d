package org.maplebridge.media.dtls;

/// The self-signed certificate of a node, made anew at every start; peers know it by its
/// fingerprint.
///
/// Thread: any, immutable.
public final class DtlsCertificate {
    private DtlsCertificate() {}

    /// Makes a P-256 key and certificate.
    public static DtlsCertificate generate() {
        return new DtlsCertificate();
    }

    public Fingerprint fingerprint() {
        throw new UnsupportedOperationException();
    }
}
