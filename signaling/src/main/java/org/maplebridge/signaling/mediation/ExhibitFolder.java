package org.maplebridge.signaling.mediation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.exhibit.Exhibit;
import org.maplebridge.dispatch.mediation.exhibit.ExhibitRules;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What somebody may lay on the table: what they uploaded there themselves; who leads, what anybody
/// who leads uploaded, and what the incident has.
///
/// Thread: any.
public final class ExhibitFolder {
    private static final int MOST = 200;

    private final EvidenceStore store;

    public ExhibitFolder(EvidenceStore store) {
        this.store = store;
    }

    /// The incident's first, oldest first.
    public List<Evidence> of(Mediation mediation, PersonId person) throws RecordUnavailable {
        var folder = new ArrayList<Evidence>();
        @Nullable IncidentId incident = mediation.incident();
        if (incident != null && ExhibitRules.leads(mediation, person)) {
            folder.addAll(store.about(incident, MOST));
        }
        store.uploaded(mediation.id(), MOST).stream()
                .filter(one -> isOpen(mediation, person, one))
                .forEach(folder::add);
        return folder;
    }

    private static boolean isOpen(Mediation mediation, PersonId person, Evidence evidence) {
        Evidence.@Nullable Table table = evidence.about().table();
        if (table == null) {
            return false;
        }
        var by = new PersonId(table.person());
        return by.equals(person)
                || ExhibitRules.leads(mediation, person) && ExhibitRules.leads(mediation, by);
    }

    public Optional<Evidence> find(Mediation mediation, PersonId person, EvidenceId id)
            throws RecordUnavailable {
        return of(mediation, person).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    public static Exhibit.Thing thing(Evidence evidence) {
        Evidence.@Nullable Table table = evidence.about().table();
        return new Exhibit.Thing(
                evidence.id(), kind(evidence.claim().type()), table == null ? "" : table.title());
    }

    public static Exhibit.Kind kind(EvidenceType type) {
        if (type.isDocument()) {
            return Exhibit.Kind.DOCUMENT;
        }
        return type.isVideo() ? Exhibit.Kind.VIDEO : Exhibit.Kind.PICTURE;
    }
}
