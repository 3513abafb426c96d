package org.maplebridge.signaling.http.mediation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.mediation.expert.ExpertDirectory;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whom a mediation may ask in, for who leads it.
@RestController
public class ExpertController {
    private static final int MOST = 300;

    /// @param present whether a console or terminal of theirs would ring
    /// @param onDuty who is at that post now by the roster
    record Expert(
            String account,
            String name,
            String role,
            String node,
            boolean present,
            List<String> onDuty) {}

    private final MediationStore mediations;
    private final DutyStore duty;
    private final Rings rings;
    private final Roster roster;
    private final InstantSource clock;

    public ExpertController(
            MediationStore mediations,
            DutyStore duty,
            Rings rings,
            Roster roster,
            InstantSource clock) {
        this.mediations = mediations;
        this.duty = duty;
        this.rings = rings;
        this.roster = roster;
        this.clock = clock;
    }

    /// Who would ring first.
    @GetMapping("/api/table/experts")
    ResponseEntity<List<Expert>> experts(@AuthenticationPrincipal Caller.Participant who)
            throws RecordUnavailable {
        Optional<Mediation> mediation =
                mediations
                        .find(who.mediation())
                        .filter(one ->
                                one.person(who.person())
                                        .filter(person -> person.role().leads())
                                        .isPresent());
        if (mediation.isEmpty()) {
            throw ApiProblem.notVisible("directory");
        }
        var organisation = roster.organisation();
        var users = ExpertDirectory.of(organisation, mediation.get());
        var now = clock.instant();
        var rooms = users.stream().map(User::node).distinct().toList();
        var shifts = duty.shifts(rooms, now, now.plus(Duration.ofSeconds(1)), MOST);
        var all =
                users.stream()
                        .map(user -> expert(organisation, shifts, user, now))
                        .sorted((one, other) -> Boolean.compare(other.present(), one.present()))
                        .limit(MOST)
                        .toList();
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(all);
    }

    private Expert expert(Organisation organisation, List<Shift> shifts, User user, Instant now) {
        var locale = "zh-CN";
        Optional<Seat> seat = Optional.ofNullable(user.seat()).flatMap(organisation::seat);
        var onDuty =
                shifts.stream()
                        .filter(shift -> shift.node().equals(user.node()) && shift.isOn(now))
                        .filter(shift -> seat.filter(one -> one.duty() == shift.post()).isPresent())
                        .map(Shift::person)
                        .toList();
        return new Expert(
                user.id().value(),
                user.name().in(locale),
                organisation
                        .role(user.role())
                        .map(Role::name)
                        .map(name -> name.in(locale))
                        .orElse(""),
                organisation
                        .node(user.node())
                        .map(OrgNode::name)
                        .map(name -> name.in(locale))
                        .orElse(""),
                rings.isPresent(user.id()),
                onDuty);
    }
}
