package org.maplebridge.signaling.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Every error of a controller as problem+json (RFC 9457), with a stable code.
@RestControllerAdvice
public class ErrorAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    @ExceptionHandler(ApiProblem.class)
    ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
        return answer(problem.status(), problem.code(), problem.detail(), problem.more());
    }

    @ExceptionHandler(TooManyRequests.class)
    ResponseEntity<ProblemDetail> tooMany(TooManyRequests problem) {
        var answer =
                answer(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "Too many requests; wait before the next one.");
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(problem.left().toSeconds() + 1))
                .body(answer.getBody());
    }

    @ExceptionHandler(RecordUnavailable.class)
    ResponseEntity<ProblemDetail> unavailable(RecordUnavailable e) {
        LOG.warn("a request was refused: no database", e);
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "record-unavailable",
                "The database does not answer.");
    }

    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<ProblemDetail> broken(RuntimeException e) {
        LOG.error("a request failed", e);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Our fault; it is logged.");
    }

    /// Spring's own errors, in the same dress.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var answer = answer(HttpStatus.valueOf(status.value()), code(status), detail(status));
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(answer.getBody());
    }

    static ResponseEntity<ProblemDetail> answer(HttpStatus status, String code, String detail) {
        return answer(status, code, detail, Map.of());
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatusCode status, String code, String detail, Map<String, Object> more) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (status instanceof HttpStatus known) {
            problem.setTitle(known.getReasonPhrase());
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("code", code);
        properties.putAll(more);
        problem.setProperties(properties);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    static String code(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "malformed";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 413 -> "too-large";
            case 415 -> "unsupported-media-type";
            default -> status.is5xxServerError() ? "internal" : "refused";
        };
    }

    private static String detail(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request cannot be read: see the API description.";
            case 404 -> "There is nothing here.";
            case 405 -> "Not this way: see the Allow header.";
            case 406 -> "The answer does not come in a form you accept.";
            case 415 -> "The body is of a type that is not understood here.";
            default -> "The request was refused.";
        };
    }
}
