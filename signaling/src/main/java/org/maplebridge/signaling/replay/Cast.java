package org.maplebridge.signaling.replay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Ledger.Arrival;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Which units had to do with an incident, for the eyes of one person: those with an order that the
/// person sees, those whose talk they may hear, and those that arrived; and of these only units
/// that the person sees anyhow.
///
/// Thread: any.
public final class Cast {
    /// Of orders and of bursts; an incident with more is a war.
    private static final int MOST = 2_000;

    private static final int MOST_UNITS = 200;

    /// @param units in the order in which they came in
    /// @param calls in which something was said that the person may hear
    public record Seen(List<Unit> units, Set<CallId> calls) {}

    private final RecordStores record;
    private final Hearing hearing;
    private final Roster roster;

    public Cast(RecordStores record, Hearing hearing, Roster roster) {
        this.record = record;
        this.hearing = hearing;
        this.roster = roster;
    }

    /// Whether this person may see where units went: whoever directs or examines their work.
    public static boolean followsUnits(Caller.Person person) {
        return person.may(Permission.DISPATCH) || examines(person);
    }

    /// Whether this person may write down what went well and what did not.
    public static boolean examines(Caller.Person person) {
        return person.may(Permission.COMMAND)
                || person.may(Permission.SUPERVISE)
                || person.may(Permission.APPRAISE);
    }

    /// That the person sees the incident was looked at before.
    public Seen of(Caller.Person person, Dossier dossier) throws RecordUnavailable {
        IncidentId incident = dossier.incident().id();
        Set<UnitId> units = new LinkedHashSet<>();
        for (Order order : record.orders().about(incident, MOST).reversed()) {
            if (roster.visibility()
                    .seesOrder(person.user(), order.placedBy().node(), order.assignees())) {
                units.addAll(order.assignees());
            }
        }
        Set<CallId> calls = new LinkedHashSet<>();
        for (Burst burst : record.bursts().about(incident, MOST).reversed()) {
            if (burst.isWords() && hearing.mayHear(person, burst)) {
                calls.add(burst.call());
                @Nullable UnitId talker = burst.talker().unit();
                if (talker != null) {
                    units.add(talker);
                }
            }
        }
        for (Arrival arrival : dossier.ledger().arrivals()) {
            if (arrival.proof() instanceof Proof.Place place) {
                units.add(place.unit());
            }
        }
        var seen =
                units.stream()
                        .map(unit -> roster.organisation().unit(unit))
                        .flatMap(Optional::stream)
                        .filter(unit ->
                                roster.visibility().seesUnit(person.user(), unit, Aspect.UNITS))
                        .limit(MOST_UNITS)
                        .toList();
        return new Seen(seen, calls);
    }
}
