package org.maplebridge.signaling.http;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/// A request that is refused, on its way to becoming problem+json.
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatusCode status;
    private final String code;
    private final transient Map<String, Object> more;

    public ApiProblem(HttpStatusCode status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    /// @param more fields beside the usual ones
    public ApiProblem(HttpStatusCode status, String code, String detail, Map<String, Object> more) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.more = Map.copyOf(more);
    }

    HttpStatusCode status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, Object> more() {
        return more;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /// Not there and not yours are not told apart.
    public static ApiProblem notVisible(String what) {
        return new ApiProblem(
                HttpStatus.NOT_FOUND, "not-visible", "There is no such " + what + ".");
    }

    public static ApiProblem notAllowed(String right) {
        return new ApiProblem(
                HttpStatus.FORBIDDEN, "not-allowed", "This needs the right " + right + ".");
    }

    public static ApiProblem malformed(String field, String why) {
        return new ApiProblem(HttpStatus.BAD_REQUEST, "malformed", field + " " + why + ".");
    }
}
