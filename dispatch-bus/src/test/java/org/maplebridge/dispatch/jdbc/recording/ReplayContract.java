package org.maplebridge.dispatch.jdbc.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.recording.Hold;
import org.maplebridge.dispatch.recording.Mark;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.MarkStore.Keeping;

/// What every record promises of tracks, marks and recordings, whichever database keeps them. Each
/// test has ids of its own, so that they share one.
abstract class ReplayContract {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final UnitId car = new UnitId("car-" + own);
    private final UnitId other = new UnitId("other-" + own);
    private final UserId seat = new UserId("seat-" + own);

    abstract RecordStores store();

    @Test
    void piecesOfATrackAreKeptOnceAndFoundByTime() throws RecordUnavailable {
        var first = piece(car, 0, 599);
        var second = piece(car, 600, 1_199);
        assertThat(store().tracks().keptUntil(car)).isEmpty();
        assertThat(store().tracks().keep(first)).isTrue();
        assertThat(store().tracks().keep(first)).isFalse();
        assertThat(store().tracks().keep(second)).isTrue();
        assertThat(store().tracks().keep(piece(other, 0, 10))).isTrue();
        assertThat(store().tracks().keptUntil(car)).contains(second.until());
        assertThat(between(0, 1_200)).containsExactly(first, second);
        assertThat(between(599, 600)).containsExactly(first);
        assertThat(between(1_200, 9_999)).isEmpty();
        assertThat(store().tracks().between(List.of(), NOON, NOON.plusSeconds(9), 9)).isEmpty();
        store().tracks().dropBefore(NOON.plusSeconds(600), 1_000);
        assertThat(between(0, 9_999)).containsExactly(second);
    }

    @Test
    void whoHasAnOrderAboutAnOpenIncidentIsConcerned() throws RecordUnavailable {
        order(open("a", null), car);
        order(open("b", NOON.minusSeconds(60)), other);
        assertThat(store().tracks().concerned(NOON, 10_000)).contains(car).doesNotContain(other);
        assertThat(store().tracks().concerned(NOON.minusSeconds(60), 10_000)).contains(car, other);
    }

    @Test
    void aMarkIsWrittenOnceAndTakenBackOnce() throws RecordUnavailable {
        var incident = open("a", null);
        var late = mark(incident, "late", 60);
        var early = mark(incident, "early", 10);
        assertThat(keep(late)).isEqualTo(Keeping.KEPT);
        assertThat(keep(early)).isEqualTo(Keeping.KEPT);
        assertThat(keep(late)).isEqualTo(Keeping.REPEATED);
        assertThat(keep(mark(incident, "late", 61))).isEqualTo(Keeping.CONFLICT);
        assertThat(keep(mark(incident, "more", 1))).isEqualTo(Keeping.TOO_MANY);
        assertThat(store().marks().of(incident, 9)).containsExactly(early, late);
        var elsewhere = open("b", null);
        assertThat(store().marks().remove(elsewhere, late.id(), seat, happening(incident)))
                .isFalse();
        assertThat(store().marks().remove(incident, late.id(), seat, happening(incident))).isTrue();
        assertThat(store().marks().remove(incident, late.id(), seat, happening(incident)))
                .isFalse();
        assertThat(keep(late)).as("taken back stays so").isEqualTo(Keeping.REPEATED);
        assertThat(store().marks().of(incident, 9)).containsExactly(early);
        var written = store().journal().about(Subject.of(incident), 0, 99);
        assertThat(written).as("opened, two marks, one taken back").hasSize(4);
    }

    @Test
    void aRecordingEndsOnceAndBelongsToItsIncidents() throws RecordUnavailable {
        var incident = open("a", null);
        var second = open("b", null);
        var begun = recording("r", Set.of(incident));
        store().recordings().begin(begun, happening(incident));
        store().recordings().link(begun.id(), List.of(second, incident));
        var found = store().recordings().find(begun.id()).orElseThrow();
        assertThat(found.incidents()).containsExactlyInAnyOrder(incident, second);
        assertThat(store().recordings().running(10_000)).contains(found);
        assertThat(store().recordings().of(second, 9)).containsExactly(found);
        var how =
                new Recording.Ending(
                        NOON.plusSeconds(1), NOON.plusSeconds(9), 7, "c".repeat(64), 2, false);
        assertThat(store().recordings().end(found.ended(how), happening(incident))).isTrue();
        assertThat(store().recordings().end(found.ended(how), happening(incident))).isFalse();
        assertThat(store().recordings().find(begun.id())).contains(found.ended(how));
        assertThat(store().recordings().running(10_000)).doesNotContain(found);
    }

    @Test
    void whatIsHeldIsNotOld() throws RecordUnavailable {
        var incident = open("a", null);
        var held = recording("held", Set.of(incident));
        var free = recording("free", Set.of());
        for (var one : List.of(held, free)) {
            store().recordings().begin(one, happening(incident));
            var how = new Recording.Ending(NOON, NOON.plusSeconds(9), 7, "", 0, true);
            store().recordings().end(one.ended(how), happening(incident));
        }
        var hold = new Hold(incident, "court", seat, NOON);
        assertThat(store().recordings().hold(hold, happening(incident))).isTrue();
        assertThat(store().recordings().hold(hold, happening(incident))).isFalse();
        assertThat(store().recordings().hold(incident)).contains(hold);
        assertThat(old()).containsExactly(free.id());
        assertThat(store().recordings().release(incident, happening(incident))).isTrue();
        assertThat(store().recordings().release(incident, happening(incident))).isFalse();
        assertThat(old()).containsExactlyInAnyOrder(held.id(), free.id());
        assertThat(store().recordings().old(NOON.plusSeconds(1), "elsewhere", 10_000))
                .extracting(Recording::id)
                .doesNotContain(held.id(), free.id());
        store().recordings().drop(held.id());
        assertThat(old()).containsExactly(free.id());
    }

    @Test
    void whatTheObjectStoreHasIsKeptByNobodyInTheEnd() throws RecordUnavailable {
        var incident = open("a", null);
        var begun = recording("kept", Set.of());
        store().recordings().begin(begun, happening(incident));
        assertThat(unstored("here-" + own)).as("it is written still").isEmpty();
        var how = new Recording.Ending(NOON, NOON.plusSeconds(9), 7, "", 0, true);
        store().recordings().end(begun.ended(how), happening(incident));
        assertThat(unstored("here-" + own)).containsExactly(begun.id());
        assertThat(unstored("elsewhere")).isEmpty();
        store().recordings().leave(begun.id());
        assertThat(unstored("elsewhere")).as("nobody leaves what is nowhere else").isEmpty();

        var since = NOON.plusSeconds(60);
        var stored = new Recording.Stored(since, "d".repeat(64));
        assertThat(store().recordings().stored(begun.id(), stored)).isTrue();
        assertThat(store().recordings().stored("none-" + own, stored)).isFalse();
        assertThat(unstored("here-" + own)).isEmpty();
        assertThat(doubled(since)).isEmpty();
        assertThat(doubled(since.plusSeconds(1))).containsExactly(begun.id());
        assertThat(oldOf("elsewhere", since)).as("its holder forgets it").isEmpty();
        assertThat(oldOf("elsewhere", since.plusSeconds(1)))
                .as("its holder never came back")
                .containsExactly(begun.id());

        store().recordings().leave(begun.id());
        var found = store().recordings().find(begun.id()).orElseThrow();
        assertThat(found.holder()).isNull();
        assertThat(found.stored()).isEqualTo(stored);
        assertThat(doubled(since.plusSeconds(1))).isEmpty();
        assertThat(oldOf("elsewhere", since)).containsExactly(begun.id());
    }

    private List<String> unstored(String holder) throws RecordUnavailable {
        return own(store().recordings().unstored(holder, 10_000));
    }

    private List<String> doubled(Instant before) throws RecordUnavailable {
        return own(store().recordings().doubled(before, "here-" + own, 10_000));
    }

    private List<String> oldOf(String holder, Instant before) throws RecordUnavailable {
        return own(store().recordings().old(before, holder, 10_000));
    }

    private List<String> own(List<Recording> recordings) {
        return recordings.stream().map(Recording::id).filter(id -> id.endsWith(own)).toList();
    }

    @Test
    void aRecordingOfAMediationIsFoundByItAndHeldWithItsIncident() throws RecordUnavailable {
        var incident = open("a", null);
        var mediation = mediation("m", incident);
        var other = mediation("n", null);
        var said = seat("said", mediation, Set.of(incident));
        store().recordings().begin(said, happening(incident));
        store().recordings().begin(seat("more", other, Set.of()), happening(incident));
        assertThat(store().recordings().of(mediation, 9)).containsExactly(said);
        assertThat(store().recordings().find(said.id())).contains(said);
        assertThat(store().recordings().of(incident, 9)).containsExactly(said);
        var how = new Recording.Ending(NOON, NOON.plusSeconds(9), 7, "", 0, true);
        store().recordings().end(said.ended(how), happening(incident));
        store().recordings().hold(new Hold(incident, "court", seat, NOON), happening(incident));
        assertThat(old()).isEmpty();
        store().recordings().drop(said.id());
        assertThat(store().recordings().of(mediation, 9)).isEmpty();
    }

    private Recording seat(String name, MediationId mediation, Set<IncidentId> incidents) {
        return new Recording(
                name + "-" + own,
                new Recording.Whose.Seat(mediation, "p2", "joint"),
                Recording.Medium.SOUND,
                "2026/11/29/" + name + ".rec",
                "here-" + own,
                NOON,
                incidents);
    }

    private MediationId mediation(String name, @Nullable IncidentId incident)
            throws RecordUnavailable {
        var id = new MediationId(name + "-" + own);
        var mediation =
                new Mediation(id, incident, new NodeId("town-" + own), "t", "m", seat, NOON, null);
        store().mediations()
                .open(
                        mediation,
                        Happening.by(
                                seat, NOON, JournalKind.MEDIATION_OPENED, List.of(Subject.of(id))));
        return id;
    }

    @Test
    void unitsAreConcernedByOpenIncidentsOnly() throws RecordUnavailable {
        var incident = open("a", null);
        order(incident, car);
        order(open("b", NOON), other);
        assertThat(store().recordings().concerns(List.of(car, other)))
                .isEqualTo(Map.of(car, Set.of(incident)));
        assertThat(store().recordings().concerns(List.of())).isEmpty();
    }

    private List<String> old() throws RecordUnavailable {
        return store().recordings().old(NOON.plusSeconds(1), "here-" + own, 10_000).stream()
                .map(Recording::id)
                .filter(id -> id.endsWith(own))
                .toList();
    }

    private Recording recording(String name, Set<IncidentId> incidents) {
        return new Recording(
                name + "-" + own,
                new Recording.Whose.Unit(car),
                Recording.Medium.PICTURE,
                "2026/11/29/" + name + ".rec",
                "here-" + own,
                NOON,
                incidents);
    }

    private List<TrackPiece> between(long from, long until) throws RecordUnavailable {
        return store().tracks()
                .between(List.of(car), NOON.plusSeconds(from), NOON.plusSeconds(until), 9);
    }

    private static TrackPiece piece(UnitId unit, long from, long until) {
        return TrackPiece.of(
                unit,
                List.of(
                        new TrackPiece.Point(NOON.plusSeconds(from), new GeoPoint(28, 121)),
                        new TrackPiece.Point(NOON.plusSeconds(until), new GeoPoint(28, 121))));
    }

    private Mark mark(IncidentId incident, String id, long second) {
        return new Mark(
                id + "-" + own,
                incident,
                NOON.plusSeconds(second),
                Mark.Kind.FINDING,
                "too late",
                seat,
                NOON.plusSeconds(3_600),
                null);
    }

    private Keeping keep(Mark mark) throws RecordUnavailable {
        return store().marks().keep(mark, 2, happening(mark.incident()));
    }

    private Happening happening(IncidentId incident) {
        return Happening.by(seat, NOON, JournalKind.REVIEW_MARKED, List.of(Subject.of(incident)));
    }

    private void order(IncidentId incident, UnitId unit) throws RecordUnavailable {
        var order =
                Order.place(
                                new OrderId("o-" + incident),
                                "go",
                                Severity.YELLOW,
                                new Author(seat, new NodeId("town-" + own), null),
                                NOON,
                                null,
                                List.of(unit))
                        .about(incident);
        store().orders()
                .place(
                        order,
                        Happening.by(
                                seat,
                                NOON,
                                JournalKind.ORDER_PLACED,
                                List.of(Subject.of(order.id()))));
    }

    private IncidentId open(String name, @Nullable Instant closed) throws RecordUnavailable {
        var id = new IncidentId(name + "-" + own);
        var incident =
                new Incident(
                        id,
                        "",
                        "t",
                        Severity.YELLOW,
                        closed == null ? Incident.State.RECEIVED : Incident.State.CLOSED,
                        new NodeId("town-" + own),
                        "p",
                        null,
                        NOON.minusSeconds(3_600),
                        closed,
                        new Origin(Origin.Source.OPERATOR, null, "", null, null),
                        new Standing("seven-steps", "received", null, null, null, null),
                        0);
        store().incidents()
                .open(
                        Dossier.begun(incident),
                        new Happening(
                                NOON,
                                JournalKind.INCIDENT_OPENED,
                                null,
                                null,
                                List.of(Subject.of(id)),
                                Map.of()));
        return id;
    }
}
