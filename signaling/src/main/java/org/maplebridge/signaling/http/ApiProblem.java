package org.maplebridge.signaling.http;

import org.springframework.http.HttpStatus;

/// A request that is refused, on its way to becoming problem+json.
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String code;

    public ApiProblem(HttpStatus status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
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
