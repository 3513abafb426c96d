package org.maplebridge.dispatch.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Seat.Duty;

/// One line of a duty roster: a person at a post of a room, for a while. The duty commander of the
/// day (带班领导) is a post like the others.
///
/// @param id chosen by who wrote it
/// @param person by name: an account is a seat's, and many who are on duty have none
/// @param until the first moment that is no more part of it
/// @param changedBy who wrote it last
/// @param version counts the stored changes; a store refuses to overwrite a newer one
public record Shift(
        String id,
        NodeId node,
        Duty post,
        String person,
        Instant from,
        Instant until,
        UserId changedBy,
        Instant changedAt,
        long version) {
    public static final int MAX_PERSON_CHARS = 60;

    /// A commander may be on duty for a week; nobody is for longer.
    public static final Duration LONGEST = Duration.ofDays(8);

    /// Rosters are made for a quarter, and kept.
    public static final Duration FURTHEST = Duration.ofDays(400);

    /// What is wrong with the times of a shift.
    public enum Fault {
        ENDS_BEFORE_IT_BEGINS,
        TOO_LONG,
        TOO_FAR_AWAY
    }

    public Shift {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("not an id");
        }
        PlainText.require(person, MAX_PERSON_CHARS);
    }

    public static Optional<Fault> fault(Instant from, Instant until, Instant now) {
        if (!from.isBefore(until)) {
            return Optional.of(Fault.ENDS_BEFORE_IT_BEGINS);
        }
        if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            return Optional.of(Fault.TOO_LONG);
        }
        return Duration.between(now, from).abs().compareTo(FURTHEST) > 0
                ? Optional.of(Fault.TOO_FAR_AWAY)
                : Optional.empty();
    }

    public boolean isOn(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /// Whether another one sent under this id says the same.
    public boolean saysTheSameAs(Shift other) {
        return node.equals(other.node)
                && post == other.post
                && person.equals(other.person)
                && from.equals(other.from)
                && until.equals(other.until);
    }
}
