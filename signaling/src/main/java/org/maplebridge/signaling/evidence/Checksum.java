package org.maplebridge.signaling.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a piece has to add up to, if its sender said so.
///
/// Thread: the request's own.
public final class Checksum {
    private final @Nullable MessageDigest digest;
    private final byte[] wanted;

    private Checksum(@Nullable MessageDigest digest, byte[] wanted) {
        this.digest = digest;
        this.wanted = wanted;
    }

    public static Checksum none() {
        return new Checksum(null, new byte[0]);
    }

    /// @param algorithm as tus calls it
    /// @return nothing for an algorithm that is not known here
    public static Optional<Checksum> of(String algorithm, byte[] wanted) {
        return switch (algorithm) {
            case "sha256" -> Optional.of(new Checksum(sha256(), wanted.clone()));
            case "sha1" -> Optional.of(new Checksum(digest("SHA-1"), wanted.clone()));
            default -> Optional.empty();
        };
    }

    static MessageDigest sha256() {
        return digest("SHA-256");
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    void update(byte[] bytes, int count) {
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
    }

    boolean isGiven() {
        return digest != null;
    }

    boolean holds() {
        return digest == null || MessageDigest.isEqual(digest.digest(), wanted);
    }
}
