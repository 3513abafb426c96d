package org.maplebridge.signaling.http.mediation;

import java.util.Optional;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Who sees a mediation's record: whoever mediates at or above the room where it is, and who of the
/// mediators has a place at the table. Nobody else, whatever they see of its incident.
///
/// Thread: any.
public final class MediationSight {
    private final MediationStore store;
    private final Roster roster;

    public MediationSight(MediationStore store, Roster roster) {
        this.store = store;
        this.roster = roster;
    }

    public Optional<Mediation> find(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Mediation> found =
                Ids.isValid(id) ? store.find(new MediationId(id)) : Optional.empty();
        return found.filter(mediation -> sees(person, mediation));
    }

    boolean sees(Caller.Person person, Mediation mediation) {
        return sees(roster, person, mediation);
    }

    public static boolean sees(Roster roster, Caller.Person person, Mediation mediation) {
        return person.may(Permission.MEDIATE)
                && !mediation.isConsultation()
                && (roster.organisation().isWithin(mediation.node(), person.user().node())
                        || mediation.ofAccount(person.user().id()).isPresent());
    }
}
