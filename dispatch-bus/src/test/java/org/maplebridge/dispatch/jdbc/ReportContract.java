package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.intake.Likeness;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.intake.Rating;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentStore.Change;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore.Admission;
import org.maplebridge.dispatch.store.ReportStore.Rated;
import org.maplebridge.dispatch.store.ReportStore.Taking;

/// What every record promises of reports, whichever database keeps it. Each test has ids of its
/// own, so that they share one.
abstract class ReportContract {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.123456Z");
    private static final UserId ADMIN = new UserId("admin");

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("town-" + own);

    abstract RecordStores store();

    @Test
    void aReportOpensAnIncidentAndTheSameAgainChangesNothing() throws RecordUnavailable {
        var report = report("1", "烟感报警", 0);

        var opened = (Taking.Opened) take(report);
        assertThat(opened.report()).isEqualTo(report);
        assertThat(opened.incident().number()).isNotEmpty();
        assertThat(store().incidents().find(report.incident())).contains(opened.incident());
        assertThat(store().reports().about(report.incident(), 9)).containsExactly(report);

        var again =
                new Report(
                        new ReportId("other-" + own),
                        report.source(),
                        report.externalId(),
                        "别的话",
                        "",
                        "",
                        Severity.RED,
                        node,
                        "p",
                        null,
                        Reporter.UNKNOWN,
                        NOON,
                        NOON,
                        "receipt-other-" + own,
                        new IncidentId("i-other-" + own));
        assertThat(take(again)).isEqualTo(new Taking.Repeated(report, opened.incident()));
        assertThat(store().incidents().find(again.incident())).isEmpty();
        assertThat(kinds(report.incident())).containsExactly(JournalKind.INCIDENT_OPENED);
    }

    @Test
    void theSameWordsOfTheSamePlaceAreOneMatterWhileItIsYoungAndOpen() throws RecordUnavailable {
        var first = report("1", "烟感报警！", 0);
        var opened = (Taking.Opened) take(first);

        var second = report("2", "烟感报警", 60);
        var merged = (Taking.Merged) take(second);
        assertThat(merged.incident()).isEqualTo(opened.incident());
        assertThat(merged.report().incident()).isEqualTo(first.incident());
        assertThat(store().incidents().find(second.incident())).isEmpty();
        assertThat(store().reports().about(first.incident(), 9))
                .containsExactly(first, second.about(first.incident()));
        assertThat(kinds(first.incident()))
                .containsExactly(JournalKind.INCIDENT_OPENED, JournalKind.REPORT_MERGED);

        assertThat(take(report("3", "烟感报警", 3_600))).isInstanceOf(Taking.Opened.class);
        close(opened.incident());
        assertThat(take(report("4", "烟感报警", 3_601))).isInstanceOf(Taking.Merged.class);
        var other = report("5", "水浸报警", 0);
        assertThat(take(other)).isInstanceOf(Taking.Opened.class);
        close(store().incidents().find(other.incident()).orElseThrow());
        assertThat(take(report("6", "水浸报警", 1))).isInstanceOf(Taking.Opened.class);
    }

    @Test
    void whatWasMadeAPartOfAnotherIncidentGoesOnAsThatOne() throws RecordUnavailable {
        var whole = ((Taking.Opened) take(report("1", "a", 0))).incident();
        var part = ((Taking.Opened) take(report("2", "b", 0))).incident();
        end(part, whole.id());

        var merged = (Taking.Merged) take(report("3", "b", 1));
        assertThat(merged.incident()).isEqualTo(whole);
        var repeated = (Taking.Repeated) take(report("2", "b", 2));
        assertThat(repeated.incident()).isEqualTo(whole);
        var rating = new Rating(5, "", NOON);
        assertThat(rate("receipt-2-" + own, rating)).isEqualTo(Rated.NOT_CLOSED);
        close(whole);
        assertThat(rate("receipt-2-" + own, rating)).isEqualTo(Rated.RATED);
    }

    @Test
    void aSignatureIsUsedOnceAndNotUpByWhatWasNotTaken() throws RecordUnavailable {
        var report = report("1", "a", 0);
        assertThat(take(report, "mac-" + own)).isInstanceOf(Taking.Opened.class);
        assertThat(take(report, "mac-" + own)).isEqualTo(new Taking.Replayed());
        assertThat(take(report("2", "b", 0), "mac-" + own)).isEqualTo(new Taking.Replayed());
        assertThat(take(report, "mac2-" + own)).isInstanceOf(Taking.Repeated.class);
        assertThat(take(report, "mac2-" + own)).isEqualTo(new Taking.Replayed());

        store().reports().forgetSignatures(NOON);
        assertThat(take(report, "mac-" + own)).isEqualTo(new Taking.Replayed());
        store().reports().forgetSignatures(NOON.plusSeconds(1));
        assertThat(take(report, "mac-" + own)).isInstanceOf(Taking.Repeated.class);
    }

    @Test
    void ofManyThatSendTheSameAtOnceOneOpensIt() throws Exception {
        var report = report("crossing", "a", 0);
        List<Callable<Taking>> work = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String mac = "crossing-" + own + "-" + i / 2;
            work.add(() -> take(report, mac));
        }
        var seen = new ArrayList<Taking>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) {
                seen.add(done.get());
            }
        }
        assertThat(seen).filteredOn(Taking.Opened.class::isInstance).hasSize(1);
        assertThat(seen).filteredOn(Taking.Repeated.class::isInstance).hasSize(19);
        assertThat(seen).filteredOn(Taking.Replayed.class::isInstance).hasSize(20);
        assertThat(store().reports().about(report.incident(), 9)).containsExactly(report);
    }

    @Test
    void ofManyThatSayTheSameAtOnceOneOpensItAndAllAreAboutIt() throws Exception {
        int rounds = 10;
        int voices = 8;
        try (var threads = Executors.newFixedThreadPool(voices)) {
            for (int round = 0; round < rounds; round++) {
                String words = "烟感 " + round;
                List<Callable<Taking>> work = new ArrayList<>();
                for (int voice = 0; voice < voices; voice++) {
                    var report = report(round + "v" + voice, words, 0);
                    work.add(() -> take(report));
                }
                var opened = new ArrayList<Taking>();
                for (var done : threads.invokeAll(work)) {
                    opened.add(done.get());
                }
                assertThat(opened).filteredOn(Taking.Opened.class::isInstance).hasSize(1);
                assertThat(opened).filteredOn(Taking.Merged.class::isInstance).hasSize(voices - 1);
            }
        }
    }

    @Test
    void aReceiptFindsItsReportAndRatesItOnceWhenAllIsOver() throws RecordUnavailable {
        var report = report("1", "a", 0);
        var incident = ((Taking.Opened) take(report)).incident();
        String receipt = "receipt-1-" + own;
        var rating = new Rating(4, "快", NOON.plusSeconds(90));

        assertThat(store().reports().byReceipt(receipt)).contains(report);
        assertThat(store().reports().byReceipt("none-" + own)).isEmpty();
        assertThat(rate("none-" + own, rating)).isEqualTo(Rated.UNKNOWN);
        assertThat(rate(receipt, rating)).isEqualTo(Rated.NOT_CLOSED);
        assertThat(store().reports().rating(report.id())).isEmpty();

        close(incident);
        assertThat(rate(receipt, rating)).isEqualTo(Rated.RATED);
        assertThat(rate(receipt, new Rating(1, "", NOON))).isEqualTo(Rated.RATED_ALREADY);
        assertThat(store().reports().rating(report.id())).contains(rating);
        assertThat(kinds(incident.id())).containsOnlyOnce(JournalKind.REPORT_RATED);
    }

    @Test
    void openMattersAreComparedWithTheirWordsAndPhones() throws RecordUnavailable {
        var first = report("1", "a", 0);
        take(first);
        take(report("2", "a", 1));
        var closed = report("3", "b", 2);
        take(closed);
        close(store().incidents().find(closed.incident()).orElseThrow());
        var bare = report("bare", "c", 0);
        var dossier = IncidentContract.WORKFLOW.open(bare.opening(), bare.receivedAt());
        store().incidents().open(dossier, happening(JournalKind.INCIDENT_OPENED, bare.incident()));

        var matters = store().reports().openMatters(List.of(node), NOON.minusSeconds(1), 100);
        assertThat(matters)
                .extracting(Likeness.Matter::id)
                .containsExactlyInAnyOrder(first.incident(), bare.incident());
        var matter = store().reports().matter(first.incident()).orElseThrow();
        assertThat(matters).contains(matter);
        assertThat(matter.text()).isEqualTo("a\n正文 a");
        assertThat(matter.phones()).containsExactlyInAnyOrder("1-" + own, "2-" + own);
        assertThat(store().reports().openMatters(List.of(), NOON, 9)).isEmpty();
        assertThat(store().reports().openMatters(List.of(node), NOON.plusSeconds(9), 9)).isEmpty();
        assertThat(store().reports().matter(new IncidentId("none"))).isEmpty();
    }

    @Test
    void codesAreAddedOnce() throws RecordUnavailable {
        var code = code("gate-" + own, new GeoPoint(28.4, 121.4));
        var other = code("lamp-" + own, null);
        var added = happening(JournalKind.REPORT_CODE_ADDED, new IncidentId("x"));

        assertThat(store().intakeLists().add(code, added)).isTrue();
        assertThat(store().intakeLists().add(code, added)).isFalse();
        assertThat(store().intakeLists().add(other, added)).isTrue();

        assertThat(store().intakeLists().code(code.code())).contains(code);
        assertThat(store().intakeLists().code("none-" + own)).isEmpty();
        assertThat(store().intakeLists().codes())
                .contains(new IntakeLists.Hung(code, null), new IntakeLists.Hung(other, null));
    }

    @Test
    void aCodeThatIsWithdrawnIsRememberedAndTakesNothing() throws RecordUnavailable {
        var lists = store().intakeLists();
        var code = code("old-" + own, null);
        var happening = happening(JournalKind.REPORT_CODE_WITHDRAWN, new IncidentId("x"));
        lists.add(code, happening(JournalKind.REPORT_CODE_ADDED, new IncidentId("x")));

        assertThat(lists.withdraw(code.code(), NOON, happening)).isTrue();
        assertThat(lists.withdraw(code.code(), NOON.plusSeconds(9), happening)).isTrue();
        assertThat(lists.withdraw("none-" + own, NOON, happening)).isFalse();

        assertThat(lists.code(code.code())).isEmpty();
        assertThat(lists.codes()).contains(new IntakeLists.Hung(code, NOON));
        assertThat(lists.add(code, happening)).isFalse();
    }

    @Test
    void theNewestOwnershipListCounts() throws RecordUnavailable {
        var first = imported(item("1", null), item("2", node));
        assertThat(store().intakeLists().ownership()).isEqualTo(first);
        var second = imported(item("3", node));
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(store().intakeLists().ownership()).isEqualTo(second);
        assertThat(store().intakeLists().ownershipVersion()).isEqualTo(second.version());
        assertThat(store().intakeLists().ownershipVersions(2))
                .containsExactly(
                        new IntakeLists.Version(second.version(), NOON, ADMIN, 1),
                        new IntakeLists.Version(first.version(), NOON, ADMIN, 2));
    }

    private OwnershipList imported(OwnershipItem... items) throws RecordUnavailable {
        return store().intakeLists()
                .importOwnership(
                        List.of(items),
                        ADMIN,
                        NOON,
                        version ->
                                Happening.by(
                                        ADMIN,
                                        NOON,
                                        JournalKind.OWNERSHIP_IMPORTED,
                                        List.of(Subject.of(node)),
                                        Map.of("version", Long.toString(version))));
    }

    private static OwnershipItem item(String item, @Nullable NodeId node) {
        return new OwnershipItem(item, "施工噪声", "夜间", "noise", "执法局", node);
    }

    private ReportCode code(String code, @Nullable GeoPoint point) {
        return new ReportCode(
                code, new Name("噪声", "Noise"), "noise", "塘下", point, node, Severity.ORANGE);
    }

    private Rated rate(String receipt, Rating rating) throws RecordUnavailable {
        return store().reports()
                .rate(
                        receipt,
                        rating,
                        report -> happening(JournalKind.REPORT_RATED, report.incident()));
    }

    private void close(Incident incident) throws RecordUnavailable {
        end(incident, null);
    }

    /// @param into the incident that it is made a part of
    private void end(Incident incident, @Nullable IncidentId into) throws RecordUnavailable {
        var before = store().incidents().dossier(incident.id()).orElseThrow();
        var open = before.incident();
        var standing = open.standing();
        var ended =
                new Incident(
                        open.id(),
                        open.number(),
                        open.title(),
                        open.severity(),
                        Incident.State.CLOSED,
                        open.node(),
                        open.place(),
                        open.point(),
                        open.openedAt(),
                        NOON,
                        open.origin(),
                        new Standing(standing.loop(), standing.step(), null, null, into, "已办结"),
                        open.version());
        var wish = new Wish("end-" + open.id() + "-" + open.version(), "END", ADMIN, null, NOON);
        var closed = happening(JournalKind.INCIDENT_CLOSED, open.id());
        assertThat(
                        store().incidents()
                                .save(before, new Dossier(ended, before.ledger()), wish, closed))
                .isInstanceOf(Change.Kept.class);
    }

    private List<JournalKind> kinds(IncidentId incident) throws RecordUnavailable {
        return store().journal().about(Subject.of(incident), 0, 50).stream()
                .map(entry -> entry.happening().kind())
                .toList();
    }

    private Taking take(Report report) throws RecordUnavailable {
        return take(report, null);
    }

    private Taking take(Report report, @Nullable String signature) throws RecordUnavailable {
        return take(store(), report, signature);
    }

    static Taking take(RecordStores store, Report report, @Nullable String signature)
            throws RecordUnavailable {
        var opening = IncidentContract.WORKFLOW.open(report.opening(), report.receivedAt());
        var since = report.receivedAt().minus(Likeness.CERTAIN);
        return store.reports()
                .take(
                        new Admission(report, opening, since, signature),
                        taking ->
                                switch (taking) {
                                    case Taking.Opened opened ->
                                            happening(
                                                    JournalKind.INCIDENT_OPENED,
                                                    opened.incident().id());
                                    case Taking.Merged merged ->
                                            happening(
                                                    JournalKind.REPORT_MERGED,
                                                    merged.incident().id());
                                    default -> throw new AssertionError(taking);
                                });
    }

    private static Happening happening(JournalKind kind, IncidentId incident) {
        return new Happening(NOON, kind, null, null, List.of(Subject.of(incident)), Map.of());
    }

    static Report report(String id, String title) {
        return report(id, title, new NodeId("daxi"), NOON);
    }

    private Report report(String id, String title, long second) {
        return report(id + "-" + own, title, node, NOON.plusSeconds(second));
    }

    private static Report report(String id, String title, NodeId node, Instant at) {
        return new Report(
                new ReportId("report-" + id),
                Source.DEVICE,
                id,
                title,
                "正文 " + title,
                "smoke",
                Severity.RED,
                node,
                "B3库",
                new GeoPoint(28.37, 121.38),
                new Reporter("王", id),
                NOON.minusSeconds(5),
                at,
                "receipt-" + id,
                new IncidentId("i-" + id));
    }
}
