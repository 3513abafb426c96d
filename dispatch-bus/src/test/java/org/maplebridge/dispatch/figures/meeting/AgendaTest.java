package org.maplebridge.dispatch.figures.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.figures.Facts;
import org.maplebridge.dispatch.figures.Facts.Amount;
import org.maplebridge.dispatch.figures.Facts.Common;
import org.maplebridge.dispatch.figures.Facts.Ordered;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.meeting.Agenda.Item;
import org.maplebridge.dispatch.figures.meeting.Agenda.Line;
import org.maplebridge.dispatch.figures.meeting.Agenda.Topic;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

class AgendaTest {
    private static final Common NOISE = common("xinhe", "noise");
    private static final Common SMOKE = common("daxi", "smoke");
    private static final Common FIGHT = common("daxi", "fight");

    @Test
    void everyNumberIsTheFigures() {
        var agenda =
                Agenda.of(
                        Figures.of(
                                new Facts(
                                        List.of(
                                                amount(NOISE, Measure.RECEIVED, 3),
                                                amount(SMOKE, Measure.RECEIVED, 4),
                                                amount(FIGHT, Measure.RECEIVED, 1),
                                                amount(SMOKE, Measure.RECEIVED_CLOSED, 6),
                                                amount(NOISE, Measure.LIMITS, 10),
                                                amount(NOISE, Measure.LIMITS_KEPT, 8),
                                                amount(NOISE, Measure.RATED, 4),
                                                amount(NOISE, Measure.SATISFIED, 3)),
                                        List.of(),
                                        List.of(new Ordered(new NodeId("xinhe"), null, 5, 4)),
                                        List.of())),
                        overdue(7));
        assertThat(agenda.items())
                .containsExactly(
                        item(Topic.CLOSURE, 8, 6, 0.75),
                        item(Topic.LATE, 10, 2, 0.2),
                        item(Topic.SATISFACTION, 4, 3, 0.75),
                        item(Topic.EXECUTION, 5, 4, 0.8),
                        new Item(
                                Topic.ROOMS,
                                8,
                                8,
                                OptionalDouble.empty(),
                                List.of(line("daxi", 5), line("xinhe", 3))),
                        new Item(
                                Topic.KINDS,
                                8,
                                8,
                                OptionalDouble.empty(),
                                List.of(line("smoke", 4), line("noise", 3), line("fight", 1))),
                        new Item(
                                Topic.OVERDUE,
                                7,
                                7,
                                OptionalDouble.empty(),
                                overdue(Agenda.MOST_LINES)));
    }

    @Test
    void nothingIsNoItem() {
        var nothing = Figures.of(new Facts(List.of(), List.of(), List.of(), List.of()));
        assertThat(Agenda.of(nothing, List.of()).items()).isEmpty();
    }

    @Test
    void oneRoomIsNoRanking() {
        var figures =
                Figures.of(
                        new Facts(
                                List.of(amount(NOISE, Measure.RECEIVED, 3)),
                                List.of(),
                                List.of(),
                                List.of()));
        assertThat(Agenda.of(figures, List.of()).items())
                .containsExactly(item(Topic.CLOSURE, 3, 0, 0));
    }

    private static List<Line> overdue(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Line("i-" + n, "No. " + n, 0, Instant.ofEpochSecond(n)))
                .toList();
    }

    private static Item item(Topic topic, long count, long part, double share) {
        return new Item(topic, count, part, OptionalDouble.of(share), List.of());
    }

    private static Line line(String key, long count) {
        return new Line(key, "", count, null);
    }

    private static Common common(String node, String kind) {
        return new Common(new NodeId(node), kind, Source.CITIZEN, Severity.YELLOW);
    }

    private static Amount amount(Common of, Measure measure, long count) {
        return new Amount(of, measure, count);
    }
}
