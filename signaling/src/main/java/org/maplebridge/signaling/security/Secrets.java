package org.maplebridge.signaling.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Random tokens, and the hashes under which they are kept. A token has 256 random bits, so a plain
/// SHA-256 of it can neither be guessed nor reversed.
///
/// Thread: any, immutable.
public final class Secrets {
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /// URL-safe, so it also fits a WebSocket subprotocol (RFC 9110 §5.6.2 token).
    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
    }

    public String id() {
        return HexFormat.of().formatHex(bytes(16));
    }

    public static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
