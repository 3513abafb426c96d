package org.maplebridge.dispatch.jdbc.evidence;

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
import org.maplebridge.dispatch.evidence.Claim;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger.Exhibit;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.EvidenceStore.Beginning;
import org.maplebridge.dispatch.store.EvidenceStore.Bounds;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises of evidence, whichever database keeps it. Each test has ids of its
/// own, so that they share one.
abstract class EvidenceContract {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.123456Z");
    private static final Instant LONG_AGO = NOON.minusSeconds(86_400);
    private static final Bounds WIDE = new Bounds(9, 9, 1_000, 1L << 40, LONG_AGO);

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final IncidentId incident = new IncidentId("i-" + own);

    abstract RecordStores store();

    @Test
    void theSameOfTheSameSenderIsAnnouncedOnceAndArrivesOnce() throws RecordUnavailable {
        open(incident, null);
        var announced = evidence("1", "a", ofReport(), citizen());
        assertThat(begin(announced)).isEqualTo(new Beginning.Begun(announced));
        assertThat(begin(evidence("2", "a", ofReport(), citizen())))
                .isEqualTo(new Beginning.Known(announced));
        assertThat(store().evidence().find(new EvidenceId("2-" + own))).isEmpty();
        assertThat(store().evidence().about(incident, 9)).isEmpty();
        assertThat(store().evidence().of(new ReportId("r-" + own), 9)).containsExactly(announced);

        var arrived =
                announced.arrived(
                        new Evidence.Arrival(
                                NOON.plusSeconds(5),
                                new Evidence.PictureSize(4032, 3024),
                                new GeoPoint(28.4, 121.4)));
        assertThat(arrive(arrived)).isTrue();
        assertThat(arrive(arrived)).isFalse();
        var kept = store().evidence().find(announced.id()).orElseThrow();
        assertThat(kept.arrival()).isEqualTo(arrived.arrival());
        assertThat(kept.sender().payer()).as("the address is forgotten").isEmpty();
        assertThat(store().evidence().about(incident, 9)).containsExactly(kept);
        assertThat(begin(evidence("3", "a", ofReport(), citizen())))
                .isEqualTo(new Beginning.Known(kept));
        var entries = store().journal().about(Subject.of(incident), 0, 9);
        assertThat(entries.stream().map(entry -> entry.happening().kind()))
                .containsExactly(JournalKind.INCIDENT_OPENED, JournalKind.EVIDENCE_ADDED);

        store().evidence().drop(announced.id());
        assertThat(store().evidence().find(announced.id())).as("arrived stays").contains(kept);
        var unknown = evidence("9", "z", ofReport(), citizen());
        assertThat(arrive(unknown.arrived(new Evidence.Arrival(NOON, null, null)))).isFalse();
    }

    @Test
    void aVideoOfAnOrderHasNoSizeAndNoPlace() throws RecordUnavailable {
        var order = new OrderId("o-" + own);
        var about = new Evidence.About(null, order, null);
        var video = evidence("1", "v", about, car());
        begin(video);
        assertThat(store().evidence().about(order, 9)).isEmpty();
        arrive(video.arrived(new Evidence.Arrival(NOON, null, null)));
        var kept = store().evidence().about(order, 9).getFirst();
        assertThat(kept.about()).isEqualTo(about);
        assertThat(kept.sender().unit()).isEqualTo(new UnitId("car-" + own));
        assertThat(kept.arrival()).isEqualTo(new Evidence.Arrival(NOON, null, null));
        assertThat(store().evidence().find(video.id())).contains(kept);
    }

    @Test
    void whatIsUploadedAtATableIsOfThatMediationAlone() throws RecordUnavailable {
        var mediation = new MediationId("m-" + own);
        var about = Evidence.About.table(mediation, "p2", "借条.pdf");
        var sender = new Evidence.Sender(null, null, "mediation:" + mediation + ":p2");
        var paper = evidence("1", "t", about, sender);
        assertThat(begin(paper)).isEqualTo(new Beginning.Begun(paper));
        assertThat(store().evidence().uploaded(mediation, 9)).isEmpty();
        arrive(paper.arrived(new Evidence.Arrival(NOON, null, null)));
        var kept = store().evidence().uploaded(mediation, 9).getFirst();
        assertThat(kept.about()).isEqualTo(about);
        assertThat(store().evidence().uploaded(new MediationId("other"), 9)).isEmpty();
        var same = evidence("2", "t", about, sender);
        assertThat(begin(same)).isEqualTo(new Beginning.Known(kept));
        var otherOnes = Evidence.About.table(mediation, "p3", "借条.pdf");
        assertThat(begin(evidence("3", "t", otherOnes, sender)))
                .as("of another person")
                .isInstanceOf(Beginning.Begun.class);
        var last = evidence("4", "u", otherOnes, sender);
        assertThat(store().evidence().begin(last, new Bounds(9, 2, 9_999, 1L << 40, LONG_AGO)))
                .isEqualTo(new Beginning.TooMany());
    }

    @Test
    void itStandsInTheLedgerOfTheMatterAndOfWhatThatIsAPartOf() throws RecordUnavailable {
        open(incident, null);
        var part = new IncidentId("part-" + own);
        open(part, incident);
        arrive("1", "a", new Evidence.About(part, null, new ReportId("r-" + own)), citizen());
        arrive("2", "b", new Evidence.About(incident, null, null), car());
        var exhibits = store().incidents().dossier(incident).orElseThrow().ledger().exhibits();
        assertThat(exhibits)
                .containsExactly(
                        new Exhibit(new EvidenceId("1-" + own), NOON, false),
                        new Exhibit(new EvidenceId("2-" + own), NOON, true));
        assertThat(store().evidence().about(incident, 1)).as("of too many the newest").hasSize(1);
        assertThat(store().incidents().dossier(part).orElseThrow().ledger().exhibits()).hasSize(1);
    }

    @Test
    void thereIsNoMoreThanThereMayBe() throws RecordUnavailable {
        open(incident, null);
        assertThat(begin("1", "a", 400, WIDE)).isInstanceOf(Beginning.Begun.class);
        assertThat(begin("2", "b", 601, WIDE)).isEqualTo(new Beginning.TooMuch());
        assertThat(begin("3", "c", 600, WIDE)).isInstanceOf(Beginning.Begun.class);
        assertThat(begin("4", "d", 1, new Bounds(2, 9, 9_999, 1L << 40, LONG_AGO)))
                .isEqualTo(new Beginning.TooMany());
        assertThat(begin("4", "d", 1, new Bounds(9, 2, 9_999, 1L << 40, LONG_AGO)))
                .isEqualTo(new Beginning.TooMany());
        assertThat(begin("4", "d", 1, new Bounds(9, 9, 9_999, 1, LONG_AGO)))
                .isEqualTo(new Beginning.NoRoom());
        var later = new Bounds(1, 1, 1, 1L << 40, NOON.plusSeconds(1));
        assertThat(begin("4", "d", 1, later)).as("stale ones count no more").isNotNull();
        assertThat(begin("5", "a", 1, later)).as("nor are they known").isNotNull();
    }

    @Test
    void whoAnnouncesTogetherIsCountedTogether() throws Exception {
        open(incident, null);
        var wishes = new ArrayList<Callable<Beginning>>();
        for (int i = 0; i < 12; i++) {
            var wish = evidence("x" + i, "h" + i, ofReport(), citizen());
            wishes.add(() ->
                    store().evidence()
                            .begin(wish, new Bounds(4, 99, 1L << 40, 1L << 40, LONG_AGO)));
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            var begun = 0;
            for (var answer : threads.invokeAll(wishes)) {
                begun += answer.get() instanceof Beginning.Begun ? 1 : 0;
            }
            assertThat(begun).isEqualTo(4);
        }
    }

    @Test
    void whatIsNeverFinishedIsForgotten() throws RecordUnavailable {
        open(incident, null);
        var old = evidence("1", "a", ofReport(), citizen());
        begin(old);
        arrive("2", "b", ofReport(), citizen());
        assertThat(store().evidence().unfinished(1_000)).contains(old);
        store().evidence().dropUnfinished(NOON.plusSeconds(1));
        assertThat(store().evidence().of(new ReportId("r-" + own), 9)).hasSize(1);
        assertThat(store().evidence().find(old.id())).isEmpty();
    }

    private void open(IncidentId id, @Nullable IncidentId into) throws RecordUnavailable {
        var origin = new Origin(Origin.Source.CITIZEN, null, "", null, null);
        var standing = new Standing("seven-steps", "received", null, null, into, null);
        var opened =
                new Incident(
                        id,
                        "",
                        "t",
                        Severity.YELLOW,
                        Incident.State.RECEIVED,
                        new NodeId("town-" + own),
                        "p",
                        null,
                        NOON,
                        null,
                        origin,
                        standing,
                        0);
        var happening =
                new Happening(
                        NOON,
                        JournalKind.INCIDENT_OPENED,
                        null,
                        null,
                        List.of(Subject.of(id)),
                        Map.of());
        store().incidents().open(Dossier.begun(opened), happening);
    }

    private Beginning begin(Evidence evidence) throws RecordUnavailable {
        return store().evidence().begin(evidence, WIDE);
    }

    private Beginning begin(String id, String hash, int bytes, Bounds bounds)
            throws RecordUnavailable {
        var claim = new Claim(EvidenceType.JPEG, bytes, hash + "-" + own);
        var evidence =
                new Evidence(
                        new EvidenceId(id + "-" + own),
                        ofReport(),
                        citizen(),
                        claim,
                        null,
                        NOON,
                        null);
        return store().evidence().begin(evidence, bounds);
    }

    private void arrive(String id, String hash, Evidence.About about, Evidence.Sender sender)
            throws RecordUnavailable {
        var evidence = evidence(id, hash, about, sender);
        begin(evidence);
        assertThat(arrive(evidence.arrived(new Evidence.Arrival(NOON, null, null)))).isTrue();
    }

    private boolean arrive(Evidence evidence) throws RecordUnavailable {
        @Nullable IncidentId about = evidence.about().incident();
        var subjects = about == null ? List.<Subject>of() : List.of(Subject.of(about));
        return store().evidence()
                .arrive(
                        evidence,
                        new Happening(
                                NOON, JournalKind.EVIDENCE_ADDED, null, null, subjects, Map.of()));
    }

    private Evidence evidence(
            String id, String hash, Evidence.About about, Evidence.Sender sender) {
        var claim = new Claim(EvidenceType.JPEG, 5, hash + "-" + own);
        return new Evidence(
                new EvidenceId(id + "-" + own), about, sender, claim, "http://a:1", NOON, null);
    }

    private Evidence.About ofReport() {
        return new Evidence.About(incident, null, new ReportId("r-" + own));
    }

    private Evidence.Sender citizen() {
        return new Evidence.Sender(null, null, "10.0.0.9-" + own);
    }

    private Evidence.Sender car() {
        return new Evidence.Sender(new UserId("u-" + own), new UnitId("car-" + own), "u-" + own);
    }
}
