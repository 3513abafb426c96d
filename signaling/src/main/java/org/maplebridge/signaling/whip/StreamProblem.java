package org.maplebridge.signaling.whip;

import org.springframework.http.HttpStatus;

/// A refusal on its way to becoming problem+json.
final class StreamProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final String code;

    StreamProblem(HttpStatus status, String code, String detail) {
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
}
