package org.maplebridge.dispatch.jdbc.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.message.OutgoingMessage.State;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentStore.Change;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore.Admission;
import org.maplebridge.dispatch.store.duty.MessageStore;

/// What every record promises of messages to who reported something.
abstract class MessageContract {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3_600);

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("town-" + own);
    private int made;

    abstract RecordStores store();

    private MessageStore messages() {
        return store().messages();
    }

    @Test
    void closingWritesOneForEachNumber() throws RecordUnavailable {
        var incident = take(report("1", "13800000001", "r-1-" + own));
        take(report("2", "13800000002", null));
        take(report("3", "13800000001", "r-3-" + own));
        take(report("4", "", "r-4-" + own));
        take(report("5", "不详", null));
        assertThat(of(incident)).isEmpty();

        close(incident, LATER);

        var written = of(incident);
        assertThat(written)
                .extracting(OutgoingMessage::phone)
                .containsExactlyInAnyOrder("13800000001", "13800000002");
        var first = written.stream().filter(m -> m.receipt() != null).toList().getFirst();
        assertThat(first.phone()).isEqualTo("13800000001");
        assertThat(first.receipt()).isEqualTo("r-1-" + own);
        assertThat(first.result()).isEqualTo("已清洗");
        assertThat(first.number()).startsWith("20");
        assertThat(first.node()).isEqualTo(node);
        assertThat(first.state()).isEqualTo(State.WAITING);
        assertThat(first.attempts()).isZero();
    }

    @Test
    void aRepeatedOrOvertakenClosureWritesNothing() throws RecordUnavailable {
        var incident = take(report("1", "13800000001", null));
        var before = store().incidents().dossier(incident).orElseThrow();
        assertThat(save(before, LATER, null, "w1")).isInstanceOf(Change.Kept.class);
        assertThat(save(before, LATER, null, "w1")).isInstanceOf(Change.Repeated.class);
        assertThat(save(before, LATER, null, "w2")).isInstanceOf(Change.Overtaken.class);
        assertThat(of(incident)).hasSize(1);
    }

    @Test
    void eachClosureTellsAgainAndAPartIsToldWithTheWhole() throws RecordUnavailable {
        var whole = take(report("1", "13800000001", null));
        var part = take(report("2", "13800000002", "r-2-" + own, "别处"));
        var open = store().incidents().dossier(part).orElseThrow();
        save(open, LATER, whole, "merge");
        assertThat(of(part)).isEmpty();
        close(whole, LATER);
        assertThat(of(whole)).hasSize(2);
        save(store().incidents().dossier(whole).orElseThrow(), null, null, "reopen");
        assertThat(of(whole)).hasSize(2);
        close(whole, LATER.plusSeconds(60));
        assertThat(of(whole)).hasSize(4);
    }

    @Test
    void whoCalledASeatIsToldToo() throws RecordUnavailable {
        var id = new IncidentId("o-" + own);
        var by = new Origin.Reporter("王", "0576-8620 0110");
        var origin = new Origin(Origin.Source.OPERATOR, null, "", by, null);
        var dossier = Dossier.begun(opened(id, origin, NOON));
        assertThat(store().incidents().open(dossier, happening(NOON))).isPresent();
        close(id, LATER);
        assertThat(of(id)).extracting(OutgoingMessage::phone).containsExactly("0576-8620 0110");
    }

    @Test
    void oneOfManyTakesIt() throws Exception {
        var incident = take(report("1", "13800000001", null));
        close(incident, LATER);
        var waiting = of(incident).getFirst();
        assertThat(messages().due(LATER.minusSeconds(1), 500)).doesNotContain(waiting);
        assertThat(messages().due(LATER, 500)).contains(waiting);
        try (var pool = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> claim = () -> messages().claim(waiting, LATER.plusSeconds(60));
            long won = 0;
            for (var claimed : pool.invokeAll(Collections.nCopies(8, claim))) {
                won += claimed.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(messages().due(LATER, 500))
                .extracting(OutgoingMessage::id)
                .doesNotContain(waiting.id());
        // its node died: another one tries it
        assertThat(messages().due(LATER.plusSeconds(60), 500))
                .extracting(OutgoingMessage::id)
                .contains(waiting.id());
    }

    @Test
    void whatWasSentStaysSent() throws RecordUnavailable {
        var incident = take(report("1", "13800000001", null));
        close(incident, LATER);
        var id = of(incident).getFirst().id();
        messages().failed(id, "x".repeat(900), LATER.plusSeconds(30));
        assertThat(of(incident).getFirst().failure()).hasSize(200);
        messages().sent(id, "内容", LATER);
        messages().failed(id, "late", null);
        var sent = of(incident).getFirst();
        assertThat(sent.state()).isEqualTo(State.SENT);
        assertThat(sent.text()).isEqualTo("内容");
        assertThat(sent.sentAt()).isEqualTo(LATER);
        assertThat(sent.failure()).isNull();
    }

    @Test
    void pagesFollowEachOther() throws RecordUnavailable {
        for (int n = 0; n < 3; n++) {
            close(take(report("p" + n, "1380000010" + n, null, "地" + n)), LATER);
        }
        var first = messages().list(null, 2);
        var second = messages().list(first.getLast().id(), 1);
        assertThat(messages().list(null, 3))
                .startsWith(first.get(0), first.get(1))
                .endsWith(second.getFirst());
    }

    private List<OutgoingMessage> of(IncidentId incident) throws RecordUnavailable {
        return messages().list(null, 1_000).stream()
                .filter(message -> message.incident().equals(incident))
                .toList();
    }

    private void close(IncidentId id, Instant at) throws RecordUnavailable {
        var before = store().incidents().dossier(id).orElseThrow();
        assertThat(save(before, at, null, "close-" + made++)).isInstanceOf(Change.Kept.class);
    }

    private Change save(
            Dossier before, @Nullable Instant closed, @Nullable IncidentId into, String wish)
            throws RecordUnavailable {
        var was = before.incident();
        var next =
                new Incident(
                        was.id(),
                        was.number(),
                        was.title(),
                        was.severity(),
                        closed == null ? Incident.State.HANDLING : Incident.State.CLOSED,
                        was.node(),
                        was.place(),
                        was.point(),
                        was.openedAt(),
                        closed,
                        was.origin(),
                        new Standing("seven-steps", "closed", null, null, into, "已清洗"),
                        was.version());
        var at = closed == null ? LATER : closed;
        return store().incidents()
                .save(
                        before,
                        new Dossier(next, before.ledger()),
                        new Wish(wish + "-" + own, "CLOSE", new UserId("u"), null, at),
                        happening(at));
    }

    private IncidentId take(Report report) throws RecordUnavailable {
        var opening = Dossier.begun(opened(report.incident(), report.opening().origin(), NOON));
        store().reports().take(new Admission(report, opening, NOON, null), _ -> happening(NOON));
        return report.incident();
    }

    private Incident opened(IncidentId id, Origin origin, Instant at) {
        return new Incident(
                id,
                "",
                "路面污染",
                Severity.YELLOW,
                Incident.State.RECEIVED,
                node,
                "村口",
                null,
                at,
                null,
                origin,
                new Standing("seven-steps", "received", null, null, null, null),
                0);
    }

    private Report report(String id, String phone, @Nullable String receipt) {
        return report(id, phone, receipt, "村口");
    }

    /// The same words of one place are one matter.
    private Report report(String id, String phone, @Nullable String receipt, String place) {
        return new Report(
                new ReportId("r-" + id + "-" + own),
                Origin.Source.CITIZEN,
                id + "-" + own,
                "路面污染",
                "",
                "traffic",
                Severity.YELLOW,
                node,
                place,
                null,
                new Reporter("王", phone),
                NOON,
                NOON,
                receipt,
                new IncidentId("i-" + id + "-" + own));
    }

    private Happening happening(Instant at) {
        return new Happening(
                at, JournalKind.INCIDENT_CHANGED, null, null, List.of(Subject.of(node)), Map.of());
    }
}
