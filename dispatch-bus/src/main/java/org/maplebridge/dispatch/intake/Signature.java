package org.maplebridge.dispatch.intake;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proof that a body was sent just now by who has the key: `t=UNIX,v1=HEX`, where HEX is the
/// HMAC-SHA256 under the key's token of `t`, a point, and the body as it was sent.
///
/// Pure.
///
/// @param t seconds since 1970, as it was written
/// @param mac 32 bytes in lower-case hexadecimal
public record Signature(long t, String mac) {
    /// How far the sender's clock may be off, and how long a message may travel.
    public static final Duration FRESH = Duration.ofSeconds(300);

    private static final Pattern HEADER = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final String ALGORITHM = "HmacSHA256";

    public enum Verdict {
        GOOD,
        STALE,
        WRONG
    }

    public static Optional<Signature> read(String header) {
        var parts = HEADER.matcher(header.strip());
        return parts.matches()
                ? Optional.of(new Signature(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    public static Signature of(String token, byte[] body, Instant now) {
        long t = now.getEpochSecond();
        return new Signature(t, HexFormat.of().formatHex(mac(token, t, body)));
    }

    public String header() {
        return "t=" + t + ",v1=" + mac;
    }

    /// The proof is looked at first: who has no key learns nothing of our clock.
    public Verdict verify(String token, byte[] body, Instant now) {
        if (!MessageDigest.isEqual(mac(token, t, body), HexFormat.of().parseHex(mac))) {
            return Verdict.WRONG;
        }
        return Math.abs(now.getEpochSecond() - t) <= FRESH.toSeconds()
                ? Verdict.GOOD
                : Verdict.STALE;
    }

    private static byte[] mac(String token, long t, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((t + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
