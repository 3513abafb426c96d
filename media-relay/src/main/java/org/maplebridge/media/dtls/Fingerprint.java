package org.maplebridge.media.dtls;

/// Digest of a certificate, as `a=fingerprint` names it (RFC 8122 §5).
///
/// @param algorithm hash function in lower case, e.g. `sha-256`
/// @param hex upper-case bytes joined by colons
public record Fingerprint(String algorithm, String hex) {}
