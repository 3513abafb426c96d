package org.maplebridge.dispatch.jdbc.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.intake.Rating;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore.Admission;
import org.maplebridge.dispatch.store.duty.FigureStore.Of;

/// What every record counts, on small cases with known figures. Each test has a room of its own.
abstract class FigureContract {
    private static final ZoneId COUNTY = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.parse("2026-11-30");

    /// Midnight of the county, with which November's last day begins.
    private static final Instant DAWN = Instant.parse("2026-11-29T16:00:00Z");

    private static final Instant DUSK = DAWN.plusSeconds(86_400);

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("town-" + own);
    private final SeatId seat = new SeatId("seat-" + own);
    private int made;

    abstract RecordStores store();

    @Test
    void anEmptyPeriodHasNoFigures() throws RecordUnavailable {
        var total = day().total();
        for (var measure : Measure.values()) {
            assertThat(total.of(measure)).as(measure.name()).isZero();
        }
        assertThat(total.closure()).isEmpty();
        assertThat(
                        store().figures()
                                .count(
                                        Period.DAY.around(DAY, COUNTY),
                                        DUSK,
                                        new Of(Set.of(), Set.of()))
                                .amounts())
                .isEmpty();
    }

    @Test
    void midnightBelongsToTheDayThatItBegins() throws RecordUnavailable {
        incident(DAWN.minusNanos(1_000), DAWN.plusSeconds(600));
        incident(DAWN, null);
        incident(DUSK.minusNanos(1_000), DUSK);
        incident(DUSK, null);

        var total = day().total();
        assertThat(total.of(Measure.RECEIVED)).isEqualTo(2);
        assertThat(total.of(Measure.RECEIVED_CLOSED)).isEqualTo(1);
        assertThat(total.closure()).hasValue(0.5);
        assertThat(total.of(Measure.CLOSED)).isEqualTo(1);
        assertThat(total.medianMinutes()).hasValue(10);
        assertThat(total.of(Measure.OPEN)).isEqualTo(2);
        var december = figures(Period.MONTH, DAY.plusDays(1), DUSK.plusSeconds(3_600)).total();
        assertThat(december.of(Measure.RECEIVED)).isEqualTo(1);
        assertThat(december.of(Measure.CLOSED)).isEqualTo(1);
        assertThat(december.meanMinutes().orElseThrow()).isBetween(0.0, 0.001);
        var november = figures(Period.MONTH, DAY, DUSK.plusSeconds(3_600)).total();
        assertThat(november.of(Measure.RECEIVED)).isEqualTo(3);
        assertThat(november.of(Measure.RECEIVED_CLOSED)).isEqualTo(2);
    }

    @Test
    void oneThatWasOpenedAgainIsNotClosedAndCountsWhereItIsClosedLast() throws RecordUnavailable {
        var dossier = incident(DAWN, DAWN.plusSeconds(60));
        assertThat(day().total().closure()).hasValue(1);
        dossier = change(dossier, null, null);
        assertThat(day().total().closure()).hasValue(0);
        assertThat(day().total().of(Measure.CLOSED)).isZero();
        change(dossier, DUSK.plusSeconds(60), null);
        assertThat(day().total().closure()).hasValue(1);
        assertThat(day().total().of(Measure.CLOSED)).isZero();
        var next = figures(Period.DAY, DAY.plusDays(1), DUSK.plusSeconds(120)).total();
        assertThat(next.of(Measure.CLOSED)).isEqualTo(1);
        assertThat(next.of(Measure.RECEIVED)).isZero();
        assertThat(next.medianMinutes()).hasValue(24 * 60 + 1);
    }

    @Test
    void aPartOfAnotherIsNoMatterOfItsOwn() throws RecordUnavailable {
        var whole = incident(DAWN, null);
        var part = incident(DAWN, null);
        change(part, DAWN.plusSeconds(60), whole.incident().id());
        var total = day().total();
        assertThat(total.of(Measure.RECEIVED)).isEqualTo(1);
        assertThat(total.of(Measure.PARTS)).isEqualTo(1);
        assertThat(total.of(Measure.CLOSED)).isZero();
        assertThat(total.of(Measure.OPEN)).isEqualTo(1);
    }

    @Test
    void aTimeLimitCountsWhereItEndsOnceItIsDecided() throws RecordUnavailable {
        Instant noon = DAWN.plusSeconds(43_200);
        incident(DAWN, null, visit(DAWN, DAWN.plusSeconds(30), DAWN.plusSeconds(60)));
        incident(
                DAWN,
                null,
                visit(DAWN, DAWN.plusSeconds(90), DAWN.plusSeconds(60)),
                visit(DAWN.plusSeconds(90), null, noon.minusSeconds(1)));
        incident(DAWN, null, visit(DAWN, null, noon.plusSeconds(1)));
        incident(DAWN, null, visit(DAWN, DAWN.plusSeconds(1), DUSK));
        incident(DAWN, null, visit(DAWN, DAWN.plusSeconds(1), null));

        var total = figures(Period.DAY, DAY, noon).total();
        assertThat(total.of(Measure.LIMITS)).isEqualTo(3);
        assertThat(total.of(Measure.LIMITS_KEPT)).isEqualTo(1);
        assertThat(total.of(Measure.FIRST_LIMITS)).isEqualTo(2);
        assertThat(total.firstInTime()).hasValue(0.5);
        assertThat(total.late()).isEqualTo(2);
        assertThat(total.of(Measure.OVERDUE)).isEqualTo(1);
        assertThat(figures(Period.DAY, DAY, noon.plusSeconds(2)).total().of(Measure.LIMITS))
                .isEqualTo(4);
    }

    @Test
    void reportsThatOpenedNothingAndRatingsAreCounted() throws RecordUnavailable {
        var first = report("1", DAWN.plusSeconds(10));
        var incident = take(first);
        take(report("2", DAWN.plusSeconds(20)));
        take(report("3", DAWN.plusSeconds(30)));
        var dossier = store().incidents().dossier(incident).orElseThrow();
        change(dossier, DAWN.plusSeconds(3_600), null);
        rate("1", 5, DAWN.plusSeconds(4_000));
        rate("2", 3, DAWN.plusSeconds(5_000));
        rate("3", 4, DUSK.plusSeconds(1));

        var figures = day();
        var total = figures.total();
        assertThat(total.of(Measure.REPORTS)).isEqualTo(3);
        assertThat(total.of(Measure.REPORTS_ADDED)).isEqualTo(2);
        assertThat(total.of(Measure.ALARMS)).isEqualTo(3);
        assertThat(total.of(Measure.ALARMS_ADDED)).isEqualTo(2);
        assertThat(total.of(Measure.RATED)).isEqualTo(2);
        assertThat(total.satisfaction()).hasValue(0.5);
        assertThat(total.stars()).hasValue(4);
        assertThat(at(figures.byKind(), "smoke").of(Measure.RATED)).isEqualTo(2);
        assertThat(at(figures.bySource(), Origin.Source.DEVICE).of(Measure.CLOSED)).isEqualTo(1);
    }

    @Test
    void ordersAndActsStandWithTheirSeat() throws RecordUnavailable {
        var author = new Author(new UserId("u"), node, seat);
        var units = List.of(new UnitId("car1"), new UnitId("car2"), new UnitId("car3"));
        for (var at : List.of(DAWN, DUSK)) {
            var id = new OrderId("o-" + own + "-" + at.getEpochSecond());
            store().orders()
                    .place(
                            Order.place(id, "去", Severity.YELLOW, author, at, null, units),
                            happening(JournalKind.ORDER_PLACED, at));
        }
        change(incident(DAWN, null), DAWN.plusSeconds(60), null);

        var figures = day();
        assertThat(figures.total().shares()).isEqualTo(3);
        assertThat(figures.total().execution()).hasValue(0);
        assertThat(at(figures.byNode(), node).shares()).isEqualTo(3);
        var post = at(figures.bySeat(), seat);
        assertThat(post.shares()).isEqualTo(3);
        assertThat(post.closed()).isEqualTo(1);
        assertThat(post.acts()).isEqualTo(1);
    }

    @Test
    void theCountyIsAllOfThem() throws RecordUnavailable {
        var far = LocalDate.parse("2031-03-05");
        Instant at = far.atStartOfDay(COUNTY).toInstant();
        incident(at, null);
        var figures = Figures.of(store().figures().count(Period.DAY.around(far, COUNTY), at, null));
        assertThat(figures.total().of(Measure.RECEIVED)).isPositive();
        assertThat(at(figures.byNode(), node).of(Measure.RECEIVED)).isEqualTo(1);
    }

    private Figures day() throws RecordUnavailable {
        return figures(Period.DAY, DAY, DUSK);
    }

    private Figures figures(Period period, LocalDate day, Instant now) throws RecordUnavailable {
        var of = new Of(Set.of(node), Set.of(seat));
        return Figures.of(store().figures().count(period.around(day, COUNTY), now, of));
    }

    private static Ledger.Visit visit(
            Instant entered, @Nullable Instant left, @Nullable Instant due) {
        return new Ledger.Visit("received", entered, left, due, null);
    }

    private Dossier incident(Instant opened, @Nullable Instant closed, Ledger.Visit... visits)
            throws RecordUnavailable {
        var id = new IncidentId("i-" + own + "-" + made++);
        @Nullable Instant due =
                visits.length == 0 || visits[visits.length - 1].leftAt() != null
                        ? null
                        : visits[visits.length - 1].due();
        var incident =
                new Incident(
                        id,
                        "",
                        "噪声",
                        Severity.YELLOW,
                        closed == null ? Incident.State.HANDLING : Incident.State.CLOSED,
                        node,
                        "村口",
                        null,
                        opened,
                        closed,
                        Origin.operator(new UserId("u")),
                        new Standing("seven-steps", "handling", due, null, null, null),
                        0);
        var begun = Dossier.begun(incident).ledger();
        var ledger =
                new Ledger(
                        begun.rooms(),
                        List.of(visits),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        var happening = happening(JournalKind.INCIDENT_OPENED, opened);
        assertThat(store().incidents().open(new Dossier(incident, ledger), happening)).isPresent();
        return store().incidents().dossier(id).orElseThrow();
    }

    /// @param closed absent to open it again
    private Dossier change(Dossier before, @Nullable Instant closed, @Nullable IncidentId into)
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
                        new Standing("seven-steps", "closed", null, null, into, "已办结"),
                        was.version());
        var at = closed == null ? DUSK.plusSeconds(30) : closed;
        var wish =
                new Wish(
                        "w-" + own + "-" + made++,
                        closed == null ? "REOPEN" : "CLOSE",
                        new UserId("u"),
                        seat,
                        at);
        store().incidents()
                .save(
                        before,
                        new Dossier(next, before.ledger()),
                        wish,
                        happening(JournalKind.INCIDENT_CHANGED, at));
        return store().incidents().dossier(was.id()).orElseThrow();
    }

    private IncidentId take(Report report) throws RecordUnavailable {
        var opening =
                Dossier.begun(
                        new Incident(
                                report.incident(),
                                "",
                                report.title(),
                                report.severity(),
                                Incident.State.RECEIVED,
                                node,
                                report.place(),
                                null,
                                report.receivedAt(),
                                null,
                                report.opening().origin(),
                                new Standing("seven-steps", "received", null, null, null, null),
                                0));
        store().reports()
                .take(
                        new Admission(report, opening, DAWN, null),
                        _ -> happening(JournalKind.INCIDENT_OPENED, report.receivedAt()));
        return report.incident();
    }

    private void rate(String id, int stars, Instant at) throws RecordUnavailable {
        store().reports()
                .rate(
                        "receipt-" + id + "-" + own,
                        new Rating(stars, "", at),
                        _ -> happening(JournalKind.REPORT_RATED, at));
    }

    private Report report(String id, Instant at) {
        return new Report(
                new ReportId("r-" + id + "-" + own),
                Origin.Source.DEVICE,
                id + "-" + own,
                "烟感报警",
                "",
                "smoke",
                Severity.RED,
                node,
                "B3库",
                null,
                Reporter.UNKNOWN,
                at,
                at,
                "receipt-" + id + "-" + own,
                new IncidentId("ri-" + id + "-" + own));
    }

    private Happening happening(JournalKind kind, Instant at) {
        return new Happening(at, kind, null, null, List.of(Subject.of(node)), Map.of());
    }

    private static <K, V> V at(Map<K, V> lines, K key) {
        return Objects.requireNonNull(lines.get(key));
    }
}
