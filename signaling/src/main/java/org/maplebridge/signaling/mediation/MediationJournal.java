package org.maplebridge.signaling.mediation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.UserId;

/// What of a mediation stands in the journal: that and when, and by whose place at the table. What
/// was said there never does. A consultation's incident is told when it is called and when it is
/// over, not of each who comes and goes.
///
/// Pure.
public final class MediationJournal {
    private MediationJournal() {}

    /// @param by whose place; absent for nobody's
    public static Happening of(
            Mediation mediation,
            JournalKind kind,
            @Nullable PersonId by,
            Instant at,
            Map<String, String> detail) {
        @Nullable UserId account =
                by == null
                        ? null
                        : mediation
                                .person(by)
                                .flatMap(one -> Optional.ofNullable(one.account()))
                                .orElse(null);
        var more = new TreeMap<>(detail);
        more.put("mediation", mediation.id().value());
        if (by != null) {
            more.put("person", by.value());
        }
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(mediation.id()));
        subjects.add(Subject.of(mediation.node()));
        if (mediation.incident() != null && !mediation.isConsultation()) {
            subjects.add(Subject.of(mediation.incident()));
        }
        return new Happening(at, kind, account, null, subjects, more);
    }
}
