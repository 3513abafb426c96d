package org.maplebridge.signaling.http.duty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.Tally;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.signaling.scene.Words;

/// Figures as they are told over REST.
///
/// Pure.
record FigureViews(Organisation organisation) {
    /// Shares are 0 to 1; what would be a share of nothing is absent. The words are those of
    /// [Measure] and [Tally].
    record LineView(
            long received,
            long receivedClosed,
            @Nullable Double closureRate,
            long closed,
            @Nullable Double meanMinutes,
            @Nullable Double medianMinutes,
            long rated,
            @Nullable Double satisfactionRate,
            @Nullable Double stars,
            long firstLimits,
            @Nullable Double firstInTimeRate,
            long limits,
            long late,
            @Nullable Double inTimeRate,
            long open,
            long overdue,
            long parts,
            long reports,
            long reportsAdded,
            long alarms,
            long alarmsAdded,
            long orderShares,
            long orderDone,
            @Nullable Double executionRate) {}

    /// @param key id or word of what the line is about; empty for none
    /// @param name absent where it is a word of the county's catalogue
    record PartView(String key, @Nullable Name name, LineView figures) {}

    record SeatView(
            String seat,
            @Nullable Name name,
            @Nullable String post,
            @Nullable String node,
            long acts,
            long closed,
            long callbacks,
            long extended,
            long orderShares,
            long orderDone,
            @Nullable Double executionRate) {}

    /// @param from first day
    /// @param to last day
    /// @param at when it was counted
    record View(
            String period,
            LocalDate from,
            LocalDate to,
            String zone,
            String node,
            Name name,
            Instant at,
            LineView total,
            List<PartView> byNode,
            List<PartView> byKind,
            List<PartView> bySource,
            List<PartView> bySeverity,
            List<SeatView> bySeat) {}

    List<PartView> nodes(Figures figures) {
        return figures.byNode().entrySet().stream()
                .map(one ->
                        new PartView(
                                one.getKey().value(), node(one.getKey()), line(one.getValue())))
                .toList();
    }

    /// @param word what stands for a key on the wire
    static <K> List<PartView> parts(Map<K, Tally> parts, Function<K, String> word) {
        return parts.entrySet().stream()
                .map(one -> new PartView(word.apply(one.getKey()), null, line(one.getValue())))
                .toList();
    }

    List<SeatView> seats(Figures figures) {
        return figures.bySeat().entrySet().stream()
                .map(one -> seat(one.getKey(), one.getValue()))
                .toList();
    }

    private SeatView seat(SeatId id, Figures.Post post) {
        var seat = organisation.seat(id);
        return new SeatView(
                id.value(),
                seat.map(Seat::name).orElse(null),
                seat.map(known -> Words.of(known.duty())).orElse(null),
                seat.map(known -> known.node().value()).orElse(null),
                post.acts(),
                post.closed(),
                post.callbacks(),
                post.extended(),
                post.shares(),
                post.done(),
                post.shares() == 0 ? null : (double) post.done() / post.shares());
    }

    @Nullable Name node(NodeId id) {
        return organisation.node(id).map(OrgNode::name).orElse(null);
    }

    static LineView line(Tally tally) {
        return new LineView(
                tally.of(Measure.RECEIVED),
                tally.of(Measure.RECEIVED_CLOSED),
                orNull(tally.closure()),
                tally.of(Measure.CLOSED),
                orNull(tally.meanMinutes()),
                orNull(tally.medianMinutes()),
                tally.of(Measure.RATED),
                orNull(tally.satisfaction()),
                orNull(tally.stars()),
                tally.of(Measure.FIRST_LIMITS),
                orNull(tally.firstInTime()),
                tally.of(Measure.LIMITS),
                tally.late(),
                orNull(tally.inTime()),
                tally.of(Measure.OPEN),
                tally.of(Measure.OVERDUE),
                tally.of(Measure.PARTS),
                tally.of(Measure.REPORTS),
                tally.of(Measure.REPORTS_ADDED),
                tally.of(Measure.ALARMS),
                tally.of(Measure.ALARMS_ADDED),
                tally.shares(),
                tally.done(),
                orNull(tally.execution()));
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
