package org.maplebridge.signaling.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids made of what a trace is about, so that every node makes the same ones and nothing has to
/// travel with a message.
///
/// Pure.
public final class TraceIds {
    private static final int TRACE_BYTES = 16; // W3C Trace Context §3.2.2.3
    private static final int SPAN_BYTES = 8;
    private static final double HALF_OF_ALL = 0x1p63;

    private TraceIds() {}

    /// The first 16 bytes of the SHA-256 of the subject's id, in hexadecimal: what `sha256sum`
    /// prints begins with it.
    public static String trace(String subject) {
        return HexFormat.of().formatHex(hash(subject), 0, TRACE_BYTES);
    }

    /// The first span of a subject's trace: the bytes behind those of [#trace].
    public static String root(String subject) {
        return HexFormat.of().formatHex(hash(subject), TRACE_BYTES, TRACE_BYTES + SPAN_BYTES);
    }

    /// Any other span.
    static String span(String trace, String node, String name, long startNanos, long endNanos) {
        var bytes = hash(String.join("/", trace, node, name, startNanos + "-" + endNanos));
        return HexFormat.of().formatHex(bytes, 0, SPAN_BYTES);
    }

    /// Whether a trace is among those that are told. All nodes answer the same for one trace.
    ///
    /// @param share 0 for none to 1 for all
    public static boolean isTold(String trace, double share) {
        long random = HexFormat.fromHexDigitsToLong(trace, TRACE_BYTES, 2 * TRACE_BYTES) >>> 1;
        return share >= 1 || random < share * HALF_OF_ALL;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
