package org.maplebridge.signaling.scene.ambient;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.security.Audit;

/// Writes down who listened in on whom, and for how long.
public final class AmbientJournal {
    private final Audit audit;
    private final Chronicle chronicle;
    private final InstantSource clock;

    public AmbientJournal(Audit audit, Chronicle chronicle, InstantSource clock) {
        this.audit = audit;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    /// @param notice whether people there are shown it, or whose policy says so
    void begin(AmbientBoard.Ear ear, String notice) throws RecordUnavailable {
        var detail =
                Map.of(
                        "ambient", ear.id().value(),
                        "session", ear.listener().session().value(),
                        "picture", Boolean.toString(ear.picture()),
                        "notice", notice);
        audit.begin(
                AuditEntry.Kind.AMBIENT_STARTED,
                ear.listener().person().account(),
                ear.unit().value(),
                detail);
        note(ear, JournalKind.AMBIENT_STARTED, detail);
    }

    void end(AmbientBoard.Ear ear, @Nullable String reason) {
        var detail =
                Map.of(
                        "ambient", ear.id().value(),
                        "session", ear.listener().session().value(),
                        "since", ear.since().toString(),
                        "reason", reason == null ? "stopped" : reason);
        audit.end(
                AuditEntry.Kind.AMBIENT_ENDED,
                ear.listener().person().account(),
                ear.unit().value(),
                detail);
        note(ear, JournalKind.AMBIENT_ENDED, detail);
    }

    private void note(AmbientBoard.Ear ear, JournalKind kind, Map<String, String> detail) {
        var by = ear.listener().person().user().id();
        var about = List.of(Subject.of(ear.unit()));
        chronicle.note(Happening.by(by, clock.instant(), kind, about, detail));
    }
}
