package org.maplebridge.signaling.http.evidence;

import java.time.InstantSource;
import java.util.Optional;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.mediation.ExhibitLinks;

/// Tickets of people at a mediation's table, who have no account: the same as everybody's, of
/// another kind, so that neither opens what the other is for.
///
/// Thread: any, immutable.
public final class TableTickets implements ExhibitLinks {
    static final String PATH = "/table/evidence/";

    private final EvidenceTickets tickets;
    private final InstantSource clock;

    public TableTickets(EvidenceTickets tickets, InstantSource clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    /// A place at a table.
    record Place(MediationId mediation, PersonId person) {}

    @Override
    public String href(EvidenceId shown, MediationId mediation, PersonId person) {
        var place = new UserId(mediation + ":" + person);
        return PATH + shown + "?ticket=" + tickets.ticket(kind(shown), place, clock.instant());
    }

    /// @return whose ticket it is, if it holds
    Optional<Place> holder(EvidenceId shown, String ticket) {
        return tickets.holder(kind(shown), ticket, clock.instant())
                .flatMap(user -> place(user.value()));
    }

    private static String kind(EvidenceId shown) {
        return "table/" + shown;
    }

    private static Optional<Place> place(String text) {
        int end = text.lastIndexOf(':');
        boolean valid =
                end > 0
                        && Ids.isValid(text.substring(0, end))
                        && PersonId.isValid(text.substring(end + 1));
        return valid
                ? Optional.of(
                        new Place(
                                new MediationId(text.substring(0, end)),
                                new PersonId(text.substring(end + 1))))
                : Optional.empty();
    }
}
