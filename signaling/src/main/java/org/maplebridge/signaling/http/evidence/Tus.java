package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.signaling.evidence.Checksum;
import org.maplebridge.signaling.evidence.Uploading;
import org.maplebridge.signaling.http.ApiProblem;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// What a request says by the words of tus 1.0 (tus.io), and what is answered in them: core,
/// creation, checksum, termination and expiration.
final class Tus {
    static final String VERSION = "1.0.0";
    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String EXPIRES = "Upload-Expires";
    static final String PIECE = "application/offset+octet-stream";

    private static final int MAX_METADATA_CHARS = 4_000;

    private Tus() {}

    /// What this server can do.
    static ResponseEntity<Void> abilities() {
        return ResponseEntity.noContent()
                .header(RESUMABLE, VERSION)
                .header("Tus-Version", VERSION)
                .header("Tus-Extension", "creation,checksum,termination,expiration")
                .header("Tus-Checksum-Algorithm", "sha256,sha1")
                .header("Tus-Max-Size", Long.toString(EvidenceType.MOST_VIDEO_BYTES))
                .build();
    }

    static void requireVersion(HttpServletRequest request) {
        if (!VERSION.equals(request.getHeader(RESUMABLE))) {
            throw new ApiProblem(
                    HttpStatus.PRECONDITION_FAILED,
                    "unsupported-version",
                    "Tus-Resumable must be " + VERSION + ".");
        }
    }

    static long length(HttpServletRequest request) {
        return number(request, LENGTH);
    }

    /// Pairs of a key and its value in base64 (tus, "Upload-Metadata").
    static Map<String, String> metadata(HttpServletRequest request) {
        @Nullable String header = request.getHeader("Upload-Metadata");
        if (header == null || header.length() > MAX_METADATA_CHARS) {
            throw ApiProblem.malformed("Upload-Metadata", "is missing or too long");
        }
        var pairs = new TreeMap<String, String>();
        for (String pair : header.split(",", -1)) {
            var words = pair.strip().split(" ", 2);
            try {
                byte[] value = Base64.getDecoder().decode(words.length == 2 ? words[1] : "");
                if (pairs.put(words[0], new String(value, StandardCharsets.UTF_8)) != null) {
                    throw ApiProblem.malformed("Upload-Metadata", "has a key twice");
                }
            } catch (IllegalArgumentException e) {
                throw ApiProblem.malformed("Upload-Metadata", "is not made of base64");
            }
        }
        return Collections.unmodifiableMap(pairs);
    }

    static Uploading.Piece piece(HttpServletRequest request) throws IOException {
        @Nullable String type = request.getContentType();
        if (type == null || !type.equalsIgnoreCase(PIECE)) {
            throw new ApiProblem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "A piece comes as " + PIECE + ".");
        }
        return new Uploading.Piece(
                number(request, OFFSET),
                request.getInputStream(),
                request.getContentLengthLong(),
                checksum(request));
    }

    private static Checksum checksum(HttpServletRequest request) {
        @Nullable String header = request.getHeader("Upload-Checksum");
        if (header == null) {
            return Checksum.none();
        }
        var words = Arrays.asList(header.strip().split(" ", 2));
        try {
            return Checksum.of(words.getFirst(), Base64.getDecoder().decode(words.getLast()))
                    .orElseThrow(
                            () -> ApiProblem.malformed("Upload-Checksum", "is sha256 or sha1"));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.malformed("Upload-Checksum", "is not made of base64");
        }
    }

    private static long number(HttpServletRequest request, String header) {
        @Nullable String text = request.getHeader(header);
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw ApiProblem.malformed(header, "is no number");
        }
        return Long.parseLong(text);
    }
}
