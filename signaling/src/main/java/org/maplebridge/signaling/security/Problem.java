package org.maplebridge.signaling.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;

/// An error as RFC 9457 has it, written where no message converter is at hand. Its texts are ours:
/// nothing a client sent is repeated.
///
/// @param code stable word for programs
public record Problem(HttpStatus status, String code, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static final Problem UNAUTHORIZED =
            new Problem(HttpStatus.UNAUTHORIZED, "unauthorized", "A valid token is needed.");
    public static final Problem FORBIDDEN =
            new Problem(HttpStatus.FORBIDDEN, "not-allowed", "This needs another right.");
    public static final Problem TOO_LARGE =
            new Problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", "The body is too large.");
    public static final Problem RECORD_UNAVAILABLE =
            new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "record-unavailable",
                    "The database does not answer.");

    public void write(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(status.value());
        response.setContentType(MEDIA_TYPE);
        response.getOutputStream().write(json().getBytes(StandardCharsets.UTF_8));
    }

    private String json() {
        return """
        {"type":"about:blank","title":"%s","status":%d,"code":"%s","detail":"%s"}\
        """
                .formatted(status.getReasonPhrase(), status.value(), code, detail);
    }
}
