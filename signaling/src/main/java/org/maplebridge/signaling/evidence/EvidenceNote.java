package org.maplebridge.signaling.evidence;

import java.util.ArrayList;
import java.util.TreeMap;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;

/// What the journal says of a picture or video that has arrived: what, by whom, about what, and by
/// which hash it can be proved. No word of who reported it.
final class EvidenceNote {
    private EvidenceNote() {}

    static Happening of(Evidence evidence) {
        var subjects = new ArrayList<Subject>();
        var detail = new TreeMap<String, String>();
        detail.put("action", "EVIDENCE");
        detail.put("evidence", evidence.id().value());
        detail.put("type", evidence.claim().type().mediaType());
        detail.put("bytes", Long.toString(evidence.claim().bytes()));
        detail.put("sha256", evidence.claim().sha256());
        var about = evidence.about();
        if (about.incident() != null) {
            subjects.add(Subject.of(about.incident()));
        }
        if (about.order() != null) {
            subjects.add(Subject.of(about.order()));
            detail.put("order", about.order().value());
        }
        if (about.report() != null) {
            detail.put("report", about.report().value());
        }
        var table = about.table();
        if (table != null) {
            detail.put("mediation", table.mediation().value());
            detail.put("person", table.person());
        }
        var unit = evidence.sender().unit();
        if (unit != null) {
            subjects.add(Subject.of(unit));
            detail.put("unit", unit.value());
        }
        var arrival = evidence.arrival();
        if (arrival == null) {
            throw new IllegalArgumentException("it has not arrived");
        }
        return new Happening(
                arrival.at(),
                JournalKind.EVIDENCE_ADDED,
                evidence.sender().user(),
                null,
                subjects,
                detail);
    }
}
