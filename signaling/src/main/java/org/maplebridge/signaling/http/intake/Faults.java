package org.maplebridge.signaling.http.intake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.ReportRules.Fault;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.http.ApiProblem;
import org.springframework.http.HttpStatus;

/// How a report that is not taken is refused: by name, with the field.
final class Faults {
    private Faults() {}

    static void refuse(Optional<Fault> fault) {
        if (fault.isPresent()) {
            throw problem(fault.get());
        }
    }

    private static ApiProblem problem(Fault fault) {
        var field = fault.field();
        return switch (fault.cause()) {
            case MISSING -> ApiProblem.malformed(field, "is missing");
            case MALFORMED -> ApiProblem.malformed(field, "is not of its form");
            case TOO_LARGE -> refused("too-large", field + " is above its limit.");
            case IN_THE_FUTURE -> refused("in-the-future", field + " has not come yet.");
            case TOO_LONG_AGO -> refused("too-long-ago", field + " is more than a year ago.");
            case OUTSIDE_COUNTY -> refused("outside-county", field + " is outside the county.");
        };
    }

    static ApiProblem refused(String code, String detail) {
        return new ApiProblem(HttpStatus.BAD_REQUEST, code, detail);
    }

    static Severity severity(@Nullable String word, Severity otherwise) {
        return switch (word) {
            case null -> otherwise;
            case "red" -> Severity.RED;
            case "orange" -> Severity.ORANGE;
            case "yellow" -> Severity.YELLOW;
            default -> throw ApiProblem.malformed("severity", "may be red, orange and yellow");
        };
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
