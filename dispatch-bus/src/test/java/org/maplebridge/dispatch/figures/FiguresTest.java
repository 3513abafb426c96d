package org.maplebridge.dispatch.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.figures.Facts.Acted;
import org.maplebridge.dispatch.figures.Facts.Amount;
import org.maplebridge.dispatch.figures.Facts.Common;
import org.maplebridge.dispatch.figures.Facts.Handled;
import org.maplebridge.dispatch.figures.Facts.Ordered;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;

class FiguresTest {
    private static final NodeId XINHE = new NodeId("xinhe");
    private static final NodeId DAXI = new NodeId("daxi");
    private static final SeatId SEAT = new SeatId("xinhe-seat");
    private static final Common NOISE = new Common(XINHE, "noise", Source.CITIZEN, Severity.YELLOW);
    private static final Common SMOKE = new Common(DAXI, "smoke", Source.DEVICE, Severity.RED);

    @Test
    void ofNothingThereIsNoShareAndNoMean() {
        var total = Figures.of(new Facts(List.of(), List.of(), List.of(), List.of())).total();
        assertThat(total.of(Measure.RECEIVED)).isZero();
        assertThat(total.late()).isZero();
        assertThat(total.closure()).isEmpty();
        assertThat(total.satisfaction()).isEmpty();
        assertThat(total.stars()).isEmpty();
        assertThat(total.inTime()).isEmpty();
        assertThat(total.firstInTime()).isEmpty();
        assertThat(total.execution()).isEmpty();
        assertThat(total.meanMinutes()).isEmpty();
        assertThat(total.medianMinutes()).isEmpty();
    }

    @Test
    void everyShareIsOfWhatItBelongsTo() {
        var total =
                counted(
                                amount(NOISE, Measure.RECEIVED, 3),
                                amount(SMOKE, Measure.RECEIVED, 1),
                                amount(NOISE, Measure.RECEIVED_CLOSED, 3),
                                amount(NOISE, Measure.RATED, 4),
                                amount(NOISE, Measure.SATISFIED, 3),
                                amount(NOISE, Measure.STARS, 17),
                                amount(NOISE, Measure.LIMITS, 10),
                                amount(NOISE, Measure.LIMITS_KEPT, 8),
                                amount(NOISE, Measure.FIRST_LIMITS, 2),
                                amount(NOISE, Measure.FIRST_KEPT, 1))
                        .total();
        assertThat(total.closure()).hasValue(0.75);
        assertThat(total.satisfaction()).hasValue(0.75);
        assertThat(total.stars()).hasValue(4.25);
        assertThat(total.inTime()).hasValue(0.8);
        assertThat(total.late()).isEqualTo(2);
        assertThat(total.firstInTime()).hasValue(0.5);
    }

    @Test
    void meanAndMedianAreOverAllOfThem() {
        var facts =
                new Facts(
                        List.of(),
                        List.of(
                                new Handled(NOISE, 10, 1, 600),
                                new Handled(NOISE, 20, 1, 1_200),
                                new Handled(SMOKE, 3, 2, 390),
                                new Handled(SMOKE, 1_440, 1, 86_400)),
                        List.of(),
                        List.of());
        var figures = Figures.of(facts);
        assertThat(figures.total().of(Measure.CLOSED)).isEqualTo(5);
        assertThat(figures.total().medianMinutes()).hasValue(10);
        assertThat(figures.total().meanMinutes()).hasValue(88_590 / 60.0 / 5);
        assertThat(at(figures.byKind(), "noise").medianMinutes()).hasValue(15);
        assertThat(at(figures.byKind(), "smoke").medianMinutes()).hasValue(3);
    }

    @Test
    void aMatterCountsOnceInEachPartition() {
        var figures =
                counted(amount(NOISE, Measure.RECEIVED, 2), amount(SMOKE, Measure.RECEIVED, 5));
        assertThat(figures.total().of(Measure.RECEIVED)).isEqualTo(7);
        assertThat(at(figures.byNode(), XINHE).of(Measure.RECEIVED)).isEqualTo(2);
        assertThat(at(figures.bySource(), Source.DEVICE).of(Measure.RECEIVED)).isEqualTo(5);
        assertThat(at(figures.bySeverity(), Severity.RED).of(Measure.RECEIVED)).isEqualTo(5);
        assertThat(figures.byKind()).containsOnlyKeys("noise", "smoke");
    }

    @Test
    void ordersStandWithTheirRoomAndTheSeatThatPlacedThem() {
        var facts =
                new Facts(
                        List.of(),
                        List.of(),
                        List.of(
                                new Ordered(XINHE, SEAT, 8, 6),
                                new Ordered(XINHE, null, 2, 2),
                                new Ordered(DAXI, null, 10, 1)),
                        List.of(
                                new Acted(SEAT, "CLOSE", 2),
                                new Acted(SEAT, "CALLBACK", 3),
                                new Acted(SEAT, "EXTEND", 1),
                                new Acted(SEAT, "NOTE", 4)));
        var figures = Figures.of(facts);
        assertThat(figures.total().execution()).hasValue(0.45);
        assertThat(at(figures.byNode(), XINHE).execution()).hasValue(0.8);
        assertThat(at(figures.bySeat(), SEAT)).isEqualTo(new Figures.Post(10, 2, 3, 1, 8, 6));
    }

    private static Figures counted(Amount... amounts) {
        return Figures.of(new Facts(List.of(amounts), List.of(), List.of(), List.of()));
    }

    private static Amount amount(Common of, Measure measure, long count) {
        return new Amount(of, measure, count);
    }

    private static <K, V> V at(Map<K, V> lines, K key) {
        return Objects.requireNonNull(lines.get(key));
    }
}
