package org.maplebridge.signaling.http.map;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.map.Thinning;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The way a unit took, for those who may send it somewhere. Where somebody was is personal: who
/// looked stands in the audit before anything is told.
@RestController
public class TrackController {
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_KEPT = 10_000;
    private static final int MOST_SHOWN = 1_500;

    public record Point(double latitude, double longitude, Instant at) {}

    /// @param points the oldest first; of more than 1,500 those that make the shape
    public record Track(String unit, List<Point> points) {}

    private final Tracks tracks;
    private final Roster roster;
    private final Audit audit;
    private final InstantSource clock;

    public TrackController(Tracks tracks, Roster roster, Audit audit, InstantSource clock) {
        this.tracks = tracks;
        this.roster = roster;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/api/units/{id}/track")
    Track track(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestParam(defaultValue = "60") int minutes)
            throws RecordUnavailable {
        Access.require(person, Permission.DISPATCH);
        var unit = Access.visibleUnit(roster, person, id, Aspect.UNITS).id();
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw ApiProblem.malformed("minutes", "may be 1 to " + MOST_MINUTES);
        }
        audit.begin(
                AuditEntry.Kind.TRACK_READ,
                person.account(),
                unit.value(),
                Map.of("minutes", String.valueOf(minutes)));
        var now = clock.instant();
        var from = now.minus(Duration.ofMinutes(minutes));
        var way = tracks.between(unit, from, now, MOST_KEPT);
        var shown = Thinning.thinned(way, MOST_SHOWN);
        return new Track(unit.value(), shown.stream().map(TrackController::point).toList());
    }

    private static Point point(Position position) {
        return new Point(position.point().latitude(), position.point().longitude(), position.at());
    }
}
