package org.maplebridge.signaling.scene.alert;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Audit;

/// What is written down of an alert: each step under the unit and its group, and who answers for
/// its end.
public final class AlertJournal {
    private final Audit audit;
    private final InstantSource clock;

    public AlertJournal(Audit audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /// Taking back the own alert before it was one is nobody's business.
    void answerFor(Alert alert, Peer by, @Nullable String reason) throws RecordUnavailable {
        boolean own = alert.by().equals(by.person().user().id());
        if (!own || alert.phase() == Alert.Phase.ACTIVE) {
            audit.begin(
                    AuditEntry.Kind.ALERT_CLEARED,
                    by.person().account(),
                    alert.unit().value(),
                    reason == null
                            ? Map.of("alert", alert.id().value())
                            : Map.of("alert", alert.id().value(), "reason", reason));
        }
    }

    Happening raised(Alert alert, Peer by) {
        return happening(alert, JournalKind.ALERT_RAISED, by);
    }

    /// @param by absent when it was the countdown
    Happening step(Alert alert, @Nullable Peer by) {
        var kind =
                switch (alert.phase()) {
                    case PENDING -> JournalKind.ALERT_RAISED;
                    case ACTIVE -> JournalKind.ALERT_ACTIVE;
                    case CANCELLED -> JournalKind.ALERT_CANCELLED;
                    case CLOSED -> JournalKind.ALERT_CLOSED;
                };
        return happening(alert, kind, by);
    }

    private Happening happening(Alert alert, JournalKind kind, @Nullable Peer by) {
        var subjects = new ArrayList<>(List.of(Subject.of(alert.unit())));
        @Nullable GroupId group = alert.group();
        if (group != null) {
            subjects.add(Subject.of(group.asCall()));
        }
        var detail = new HashMap<String, String>();
        detail.put("alert", alert.id().value());
        detail.put("tier", alert.tier().name());
        Alert.@Nullable Ending ending = alert.ending();
        @Nullable String reason = ending == null ? null : ending.reason();
        if (reason != null) {
            detail.put("reason", reason);
        }
        @Nullable UserId actor = by == null ? null : by.person().user().id();
        return new Happening(clock.instant(), kind, actor, null, subjects, detail);
    }
}
