package org.maplebridge.signaling.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Which recorded pictures of an incident somebody may see: those of units whose live pictures they
/// see; and an agency that was called in, what it was shown and the minute before. What was said at
/// a mediation about it is seen through the mediation alone.
///
/// Thread: any.
public final class PictureSight {
    /// What an agency needs to know what it comes into.
    public static final Duration BEFORE = Duration.ofSeconds(60);

    private static final int MOST = 1_000;

    /// A recording, as far as it may be seen.
    ///
    /// @param until absent while it goes on
    public record Seen(Recording recording, UnitId unit, Instant from, @Nullable Instant until) {}

    private final RecordStores record;
    private final Roster roster;

    public PictureSight(RecordStores record, Roster roster) {
        this.record = record;
        this.roster = roster;
    }

    /// That the person sees the incident was looked at before.
    public List<Seen> of(Caller.Person person, Dossier dossier) throws RecordUnavailable {
        var id = dossier.incident().id();
        var showings = record.showings().of(id, MOST);
        var seen = new ArrayList<Seen>();
        for (Recording recording : record.recordings().of(id, MOST)) {
            if (!recording.isKept()
                    || !(recording.whose() instanceof Recording.Whose.Unit(UnitId unit))) {
                continue;
            }
            Recording.@Nullable Ending ending = recording.ending();
            Instant from = ending == null ? recording.startedAt() : ending.began();
            @Nullable Instant until = ending == null ? null : ending.ended();
            if (roster.visibility().seesUnit(person.user(), unit, Aspect.LIVE)) {
                seen.add(new Seen(recording, unit, from, until));
                continue;
            }
            for (Showing showing : showings) {
                if (isShown(person, showing, unit)) {
                    cut(recording, from, until, showing).ifPresent(seen::add);
                }
            }
        }
        return seen;
    }

    private boolean isShown(Caller.Person person, Showing showing, UnitId unit) {
        return showing.unit().equals(unit)
                && roster.organisation().isWithin(showing.node(), person.user().node());
    }

    private static java.util.Optional<Seen> cut(
            Recording recording, Instant from, @Nullable Instant until, Showing showing) {
        Instant first = later(from, showing.at().minus(BEFORE));
        Showing.@Nullable End end = showing.end();
        @Nullable Instant last = end == null ? until : earlier(end.at(), until);
        return last == null || first.isBefore(last)
                ? java.util.Optional.of(new Seen(recording, showing.unit(), first, last))
                : java.util.Optional.empty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other == null || one.isBefore(other) ? one : other;
    }
}
