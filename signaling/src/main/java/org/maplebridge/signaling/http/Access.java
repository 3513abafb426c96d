package org.maplebridge.signaling.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;

/// The questions every REST handler asks before it answers.
public final class Access {
    private Access() {}

    public static void require(Caller.Person person, Permission permission) {
        if (!person.may(permission)) {
            throw ApiProblem.notAllowed(permission.code());
        }
    }

    public static void requireAny(Caller.Person person, Permission first, Permission... others) {
        for (var other : others) {
            if (person.may(other)) {
                return;
            }
        }
        require(person, first);
    }

    public static Unit visibleUnit(Roster roster, Caller.Person person, String id, Aspect aspect) {
        return Optional.of(id)
                .filter(Ids::isValid)
                .flatMap(valid -> roster.organisation().unit(new UnitId(valid)))
                .filter(unit -> roster.visibility().seesUnit(person.user(), unit, aspect))
                .orElseThrow(() -> ApiProblem.notVisible("unit"));
    }

    public static int limit(int asked, int most) {
        if (asked < 1) {
            throw ApiProblem.malformed("limit", "is below 1");
        }
        return Math.min(asked, most);
    }

    public static String text(@Nullable String text, String field, int max) {
        if (text == null || text.isBlank()) {
            throw ApiProblem.malformed(field, "is missing");
        }
        if (text.length() > max) {
            throw new ApiProblem(
                    HttpStatus.BAD_REQUEST,
                    "too-large",
                    field + " is above its limit of " + max + ".");
        }
        if (text.indexOf('\0') >= 0) {
            throw ApiProblem.malformed(field, "is no plain text");
        }
        return text;
    }
}
