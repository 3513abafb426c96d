package org.maplebridge.signaling.http.evidence;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.maplebridge.dispatch.evidence.EvidenceFault;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.evidence.Uploading;
import org.maplebridge.signaling.http.ApiProblem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/// How far something is, in the words of tus; or why it goes no further.
final class UploadAnswers {
    /// Of tus; no other standard has a number for it.
    private static final HttpStatusCode CHECKSUM_MISMATCH = HttpStatusCode.valueOf(460);

    private final UploadDesk desk;

    UploadAnswers(UploadDesk desk) {
        this.desk = desk;
    }

    /// @param home path under which it is asked for and sent on
    ResponseEntity<Void> begun(Uploading uploading, String home) {
        var at = here(uploading);
        return headers(at.fresh() ? HttpStatus.CREATED : HttpStatus.OK, at)
                .header(HttpHeaders.LOCATION, home + "/" + at.evidence().id())
                .build();
    }

    ResponseEntity<Void> where(Uploading uploading) {
        var at = here(uploading);
        return headers(HttpStatus.OK, at)
                .header(Tus.LENGTH, Long.toString(at.evidence().claim().bytes()))
                .build();
    }

    ResponseEntity<Void> taken(Uploading uploading) {
        return headers(HttpStatus.NO_CONTENT, here(uploading)).build();
    }

    private ResponseEntity.BodyBuilder headers(HttpStatus status, Uploading.At at) {
        var answer =
                ResponseEntity.status(status)
                        .header(Tus.RESUMABLE, Tus.VERSION)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(Tus.OFFSET, Long.toString(at.offset()));
        return at.evidence().hasArrived()
                ? answer
                : answer.header(
                        Tus.EXPIRES,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                desk.expiry(at.evidence()).atOffset(ZoneOffset.UTC)));
    }

    private static Uploading.At here(Uploading uploading) {
        return switch (uploading) {
            case Uploading.At at -> at;
            case Uploading.Refused(EvidenceFault fault) -> throw refused(fault);
            case Uploading.Unknown _ -> throw unknown();
            case Uploading.Elsewhere(String address) ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            "held-elsewhere",
                            "Another node has what came of it: go on there.",
                            Map.of("url", address));
            case Uploading.WrongOffset(long offset) ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            "wrong-offset",
                            "It goes on at " + offset + ".",
                            Map.of("offset", offset));
            case Uploading.WrongChecksum(long offset) ->
                    throw new ApiProblem(
                            CHECKSUM_MISMATCH,
                            "wrong-checksum",
                            "The piece is not what was added up.",
                            Map.of("offset", offset));
            case Uploading.Superseded _ ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT, "superseded", "A newer request goes on with it.");
        };
    }

    static ApiProblem unknown() {
        return new ApiProblem(
                HttpStatus.NOT_FOUND,
                "unknown-upload",
                "Nothing of that name is on its way here: announce it again.");
    }

    static ApiProblem refused(EvidenceFault fault) {
        return new ApiProblem(status(fault), fault.code(), text(fault));
    }

    private static HttpStatus status(EvidenceFault fault) {
        return switch (fault) {
            case UNSUPPORTED_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case MALFORMED, BAD_NAME -> HttpStatus.BAD_REQUEST;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case WRONG_TYPE, WRONG_HASH, TOO_MANY_PIXELS, ACTIVE_CONTENT, LOCKED_DOCUMENT ->
                    HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_MANY, UNFINISHED -> HttpStatus.CONFLICT;
            case NO_ROOM -> HttpStatus.INSUFFICIENT_STORAGE;
        };
    }

    private static String text(EvidenceFault fault) {
        return switch (fault) {
            case UNSUPPORTED_TYPE -> "JPEG, PNG, WebP, MP4, QuickTime and WebM are taken.";
            case MALFORMED -> "Size or hash is not of its form.";
            case BAD_NAME -> "The name means a place.";
            case TOO_LARGE ->
                    "Pictures may have 15 MiB, videos 100 MiB, and no more than announced.";
            case WRONG_TYPE -> "What came is not of the type that was said.";
            case WRONG_HASH -> "What came is not what was hashed before.";
            case TOO_MANY_PIXELS -> "The picture is too wide or too high.";
            case ACTIVE_CONTENT -> "The document does something when it is opened.";
            case LOCKED_DOCUMENT -> "The document is locked: nobody can look into it before.";
            case TOO_MANY -> "There are as many as there may be.";
            case UNFINISHED -> "Too much was begun and not finished: send that first.";
            case NO_ROOM -> "No room is left for it.";
        };
    }
}
