package org.maplebridge.signaling.http.evidence;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Who may send a picture about what, and who sees it. It is seen by who sees the incident, or
/// where there is none, the order; it is sent by whoever may note something in the incident, or was
/// given the order.
///
/// Thread: any.
public final class EvidenceRights {
    private static final Action.Note NOTE = new Action.Note("-");

    private final RecordStores record;
    private final LoopWorkflow workflow;
    private final IncidentDesk desk;
    private final IncidentSight sight;
    private final Roster roster;
    private final InstantSource clock;

    public EvidenceRights(
            RecordStores record,
            LoopWorkflow workflow,
            IncidentDesk desk,
            IncidentSight sight,
            Roster roster,
            InstantSource clock) {
        this.record = record;
        this.workflow = workflow;
        this.desk = desk;
        this.sight = sight;
        this.roster = roster;
        this.clock = clock;
    }

    /// Looks at what this person wants to send something about.
    Evidence.About about(Caller.Person person, @Nullable String incident, @Nullable String order)
            throws RecordUnavailable {
        if ((incident == null) == (order == null)) {
            throw ApiProblem.malformed("Upload-Metadata", "names an incident or an order");
        }
        return order == null
                ? aboutIncident(person, String.valueOf(incident))
                : aboutOrder(person, order);
    }

    private Evidence.About aboutIncident(Caller.Person person, String id) throws RecordUnavailable {
        Dossier dossier = visible(person, id);
        boolean mayNote =
                workflow.decide(dossier, NOTE, sight.actor(person), clock.instant())
                        instanceof Decision.Done;
        if (!mayNote) {
            throw ApiProblem.notAllowed(Permission.COMMAND.code());
        }
        return new Evidence.About(whole(dossier.incident().id()), null, null);
    }

    private Evidence.About aboutOrder(Caller.Person person, String id) throws RecordUnavailable {
        Access.require(person, Permission.ORDER_REPORT);
        @Nullable UnitId unit = person.user().unit();
        Order order =
                order(id)
                        .filter(found -> unit != null && isGiven(found, unit))
                        .orElseThrow(() -> ApiProblem.notVisible("order"));
        @Nullable IncidentId incident = order.incident();
        return new Evidence.About(incident == null ? null : whole(incident), order.id(), null);
    }

    private static boolean isGiven(Order order, UnitId unit) {
        return order.assignments().stream()
                .anyMatch(share -> share.unit().equals(unit) && share.step() != OrderStep.REFUSED);
    }

    /// What was made a part of another one goes on as that.
    IncidentId whole(IncidentId id) throws RecordUnavailable {
        return record.incidents().find(id).map(found -> found.standing().merged()).orElse(id);
    }

    Dossier visible(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Dossier> found =
                Ids.isValid(id) && IncidentSight.reads(person)
                        ? desk.find(person, new IncidentId(id))
                        : Optional.empty();
        return found.orElseThrow(() -> ApiProblem.notVisible("incident"));
    }

    Order visibleOrder(Caller.Person person, String id) throws RecordUnavailable {
        return order(id)
                .filter(found -> sees(person, found))
                .orElseThrow(() -> ApiProblem.notVisible("order"));
    }

    private Optional<Order> order(String id) throws RecordUnavailable {
        return Ids.isValid(id) ? record.orders().find(new OrderId(id)) : Optional.empty();
    }

    private boolean sees(Caller.Person person, Order order) {
        return roster.visibility()
                .seesOrder(person.user(), order.placedBy().node(), order.assignees());
    }

    /// Only what has arrived is seen.
    boolean sees(Caller.Person person, Evidence evidence) throws RecordUnavailable {
        if (!evidence.hasArrived()) {
            return false;
        }
        @Nullable IncidentId incident = evidence.about().incident();
        if (incident != null) {
            return IncidentSight.reads(person)
                    && (desk.find(person, incident).isPresent()
                            || desk.find(person, whole(incident)).isPresent());
        }
        return order(String.valueOf(evidence.about().order()))
                .filter(order -> sees(person, order))
                .isPresent();
    }

    /// Somebody who proved by a ticket who they are.
    public Optional<Caller.Person> person(UserId id) {
        var organisation = roster.organisation();
        return organisation
                .user(id)
                .flatMap(user ->
                        organisation
                                .role(user.role())
                                .map(role -> new Caller.Person(user, role, "", clock.instant())));
    }
}
