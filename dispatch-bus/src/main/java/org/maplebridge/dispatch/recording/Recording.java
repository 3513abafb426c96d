package org.maplebridge.dispatch.recording;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UnitId;

/// One file of what a camera or microphone sent: a unit's while it was live, or a person's in one
/// room of a mediation.
///
/// @param file relative to the folder of all recordings, and its name in the object store
/// @param holder address of the node that keeps the file; absent when it has none, or when the
///   object store alone has it
/// @param incidents that the unit had to do with meanwhile, or that the mediation is about; none
///   where a unit was only watched
/// @param ending absent while it is written, and after its node was killed until that is back
/// @param stored absent while the object store does not have it
public record Recording(
        String id,
        Whose whose,
        Medium medium,
        String file,
        @Nullable String holder,
        Instant startedAt,
        Set<IncidentId> incidents,
        @Nullable Ending ending,
        @Nullable Stored stored) {
    /// Who sent it.
    public sealed interface Whose {
        record Unit(UnitId id) implements Whose {}

        /// @param person their place in that mediation
        /// @param room the word of the room in which it was said
        record Seat(MediationId mediation, String person, String room) implements Whose {}
    }

    public enum Medium {
        PICTURE,
        SOUND
    }

    /// @param began when its first packet came
    /// @param ended when its last one came
    /// @param chain the file's last hash in hexadecimal; empty where there is no file
    /// @param missed packets that came and are not in it
    /// @param complete whether all that came is in it and it was closed as it should be
    public record Ending(
            Instant began,
            Instant ended,
            long bytes,
            String chain,
            long missed,
            boolean complete) {}

    /// That the object store has all of it.
    ///
    /// @param at when that was proved
    /// @param sha256 of the whole file in hexadecimal: what the store gives back must have it
    public record Stored(Instant at, String sha256) {}

    public Recording {
        incidents = Set.copyOf(incidents);
    }

    /// One that begins.
    public Recording(
            String id,
            Whose whose,
            Medium medium,
            String file,
            @Nullable String holder,
            Instant startedAt,
            Set<IncidentId> incidents) {
        this(id, whose, medium, file, holder, startedAt, incidents, null, null);
    }

    public Recording ended(Ending how) {
        return new Recording(id, whose, medium, file, holder, startedAt, incidents, how, stored);
    }

    public Recording of(Set<IncidentId> all) {
        return new Recording(id, whose, medium, file, holder, startedAt, all, ending, stored);
    }

    public boolean isOf(UnitId unit) {
        return whose instanceof Whose.Unit(UnitId one) && one.equals(unit);
    }

    /// Whether there is anything to be seen or heard in it.
    public boolean isKept() {
        return ending == null || ending.bytes() > 0;
    }

    /// Whether some of it is of this span.
    public boolean isOf(Instant from, Instant until) {
        return startedAt.isBefore(until) && (ending == null || ending.ended().isAfter(from));
    }
}
