package org.maplebridge.signaling.mediation.expert;

import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.expert.Rings.Answered;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertState;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;

/// Who leads a mediation has an expert rung into it.
///
/// @param name of who leads
record AtTable(Attendant by, Table table, String name, Tables tables, Invitations invitations)
        implements Rings.Ringer {
    @Override
    public MediationId about() {
        return by.participant().mediation();
    }

    @Override
    public String title() {
        return table.mediation().title();
    }

    @Override
    public boolean isConsultation() {
        return false;
    }

    @Override
    public void rings(User whom) throws RecordUnavailable {
        table.note("rang", Map.of("account", whom.id().value()), by);
    }

    @Override
    public void told(User whom, RingState state) {
        by.send(new ExpertState(whom.id().value(), whom.name().in("zh-CN"), state));
    }

    @Override
    public Answered seat(User whom) throws RecordUnavailable {
        Optional<Table> open = tables.of(about());
        if (open.isEmpty()) {
            return new Answered.Barred(Bar.NO_SUCH_RING);
        }
        Optional<Bar> bar = seat(open.get(), whom);
        if (bar.isPresent()) {
            return new Answered.Barred(bar.get());
        }
        var mediation = open.get().mediation();
        var place = mediation.ofAccount(whom.id()).orElseThrow();
        var made = invitations.invite(mediation, place.id(), whom.id());
        return new Answered.Done("/mediation/join#" + made.token());
    }

    /// A place as an expert, or the one that they have.
    private static Optional<Bar> seat(Table table, User whom) throws RecordUnavailable {
        return table.changeFromOutside(
                "expert added",
                mediation ->
                        mediation.ofAccount(whom.id()).isPresent()
                                ? new Ruling.Allowed<>(mediation)
                                : CaseRules.add(
                                        mediation,
                                        Person.Role.EXPERT,
                                        whom.name().in("zh-CN"),
                                        null,
                                        whom.id(),
                                        null));
    }
}
