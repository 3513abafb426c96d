package org.maplebridge.signaling.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.Likeness;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.intake.Signature;
import org.maplebridge.dispatch.intake.Statement;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore;
import org.maplebridge.dispatch.store.ReportStore.Taking;
import org.maplebridge.signaling.security.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way into the record for all doors: a report is looked at, written with its incident, and
/// then told.
///
/// Thread: any.
public final class IntakeDesk {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeDesk.class);

    private final ReportStore reports;
    private final LoopWorkflow workflow;
    private final ReportRules rules;
    private final Secrets secrets;
    private final Consumer<IncidentId> changed;
    private final InstantSource clock;

    /// @param changed hears of every incident that was opened or added to
    public IntakeDesk(
            ReportStore reports,
            LoopWorkflow workflow,
            ReportRules rules,
            Secrets secrets,
            Consumer<IncidentId> changed,
            InstantSource clock) {
        this.reports = reports;
        this.workflow = workflow;
        this.rules = rules;
        this.secrets = secrets;
        this.changed = changed;
        this.clock = clock;
    }

    /// Where a report goes, and what proves who sent it.
    ///
    /// @param signature that is used up by it
    public record Door(Source source, NodeId node, Severity severity, @Nullable String signature) {}

    /// What a citizen gets to ask by.
    ///
    /// @param conflict the id stands for something else that somebody said
    public record Filed(String receipt, boolean repeated, boolean conflict) {}

    /// Again and again: what is stale is refused for that, so nobody has to know that it was used.
    /// Twice the time, for nodes whose clocks differ.
    public void round() {
        try {
            reports.forgetSignatures(clock.instant().minus(Signature.FRESH.multipliedBy(2)));
        } catch (RecordUnavailable e) {
            LOG.debug("used signatures are kept a little longer", e);
        }
    }

    public Optional<ReportRules.Fault> fault(Statement statement) {
        return rules.fault(statement, clock.instant());
    }

    /// @param statement without fault
    public Taking take(Statement statement, Door door) throws RecordUnavailable {
        return take(report(statement, door, null), door.signature());
    }

    /// @param statement without fault
    public Filed file(Statement statement, Door door) throws RecordUnavailable {
        var report = report(statement, door, secrets.id());
        return switch (take(report, door.signature())) {
            case Taking.Opened(var taken, var _) -> filed(taken, report, false);
            case Taking.Merged(var taken, var _) -> filed(taken, report, false);
            case Taking.Repeated(var taken, var _) -> filed(taken, report, true);
            case Taking.Replayed() -> throw new IllegalStateException("citizens sign nothing");
        };
    }

    /// A receipt is for who said this, and not for who guessed an id.
    private static Filed filed(Report taken, Report said, boolean repeated) {
        return new Filed(
                String.valueOf(taken.receipt()), repeated, repeated && !taken.saysTheSameAs(said));
    }

    private Report report(Statement statement, Door door, @Nullable String receipt) {
        return Report.of(
                statement,
                door.source(),
                door.severity(),
                door.node(),
                new ReportId(secrets.id()),
                new IncidentId(secrets.id()),
                receipt,
                clock.instant());
    }

    private Taking take(Report report, @Nullable String signature) throws RecordUnavailable {
        Instant now = report.receivedAt();
        var admission =
                new ReportStore.Admission(
                        report,
                        workflow.open(report.opening(), now),
                        now.minus(Likeness.CERTAIN),
                        signature);
        var taking = reports.take(admission, IntakeDesk::noted);
        switch (taking) {
            case Taking.Opened opened -> changed.accept(opened.incident().id());
            case Taking.Merged merged -> changed.accept(merged.incident().id());
            case Taking.Repeated _, Taking.Replayed _ -> {}
        }
        return taking;
    }

    /// Neither what was said nor by whom: that stands in the report.
    private static Happening noted(Taking taking) {
        return switch (taking) {
            case Taking.Opened(var report, var incident) ->
                    noted(JournalKind.INCIDENT_OPENED, report, incident);
            case Taking.Merged(var report, var incident) ->
                    noted(JournalKind.REPORT_MERGED, report, incident);
            case Taking.Repeated _, Taking.Replayed _ ->
                    throw new IllegalStateException("nothing was written");
        };
    }

    private static Happening noted(JournalKind kind, Report report, Incident incident) {
        return new Happening(
                report.receivedAt(),
                kind,
                null,
                null,
                List.of(Subject.of(incident.id()), Subject.of(incident.node())),
                Map.of(
                        "state",
                        incident.state().name(),
                        "step",
                        incident.standing().step(),
                        "source",
                        report.source().name(),
                        "externalId",
                        report.externalId(),
                        "report",
                        report.id().value()));
    }
}
