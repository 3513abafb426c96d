package org.maplebridge.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Digest of a certificate, as `a=fingerprint` names it (RFC 8122 §5).
///
/// @param algorithm hash function in lower case: `sha-256`, `sha-384` or `sha-512`
/// @param hex upper-case bytes joined by colons
public record Fingerprint(String algorithm, String hex) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();
    private static final Set<String> ALGORITHMS = Set.of("sha-256", "sha-384", "sha-512");
    private static final int LONGEST_HEX = 64 * 3 - 1;

    /// Reads an attribute's value; name and digits in either case (RFC 8122 §5). Empty when it is
    /// malformed or its hash is none we would rely on.
    public static Optional<Fingerprint> parse(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String algorithm = value.substring(0, space).toLowerCase(Locale.ROOT);
        String hex = value.substring(space + 1).strip().toUpperCase(Locale.ROOT);
        if (!ALGORITHMS.contains(algorithm) || hex.length() > LONGEST_HEX) {
            return Optional.empty();
        }
        try {
            int bits = Integer.parseInt(algorithm.substring(4));
            return HEX.parseHex(hex).length * 8 == bits
                    ? Optional.of(new Fingerprint(algorithm, hex))
                    : Optional.empty();
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }

    static Fingerprint sha256(byte[] certificate) {
        return new Fingerprint("sha-256", HEX.formatHex(digest("sha-256", certificate)));
    }

    /// Whether this is the digest of `certificate` (DER).
    boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(HEX.parseHex(hex), digest(algorithm, certificate));
    }

    private static byte[] digest(String algorithm, byte[] certificate) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /// As the attribute's value.
    @Override
    public String toString() {
        return algorithm + " " + hex;
    }
}
