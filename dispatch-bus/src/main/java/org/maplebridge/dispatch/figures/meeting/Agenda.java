package org.maplebridge.dispatch.figures.meeting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.Tally;

/// What is on the table of a meeting, by the figures of what it is about: plain items with numbers,
/// in one order, those about nothing left out.
///
/// Pure.
public record Agenda(List<Item> items) {
    /// Of a list that is read out.
    static final int MOST_LINES = 5;

    /// What an item is about.
    public enum Topic {
        /// Matters that came in, and how many of them are closed (办结率).
        CLOSURE,
        /// Steps that were late within, of all that ended.
        LATE,
        /// Ratings, and how many were good (满意率).
        SATISFACTION,
        /// Shares of orders, and how many were done (指令执行率).
        EXECUTION,
        /// Rooms with the most matters.
        ROOMS,
        /// Kinds of matters that came most.
        KINDS,
        /// Matters that are overdue now, the oldest first.
        OVERDUE
    }

    /// @param count of which it is a share, or how many there are
    /// @param part of them
    /// @param share 0 to 1; absent where there is none
    public record Item(Topic topic, long count, long part, OptionalDouble share, List<Line> lines) {
        public Item {
            lines = List.copyOf(lines);
        }
    }

    /// @param key id of a room or of an incident, or a kind's word
    /// @param text an incident's number and title; empty where the key says it
    /// @param count matters; absent for an incident
    /// @param due since when it is overdue; absent for anything else
    public record Line(String key, String text, long count, @Nullable Instant due) {}

    public Agenda {
        items = List.copyOf(items);
    }

    /// @param overdue all that are, the oldest first
    public static Agenda of(Figures figures, List<Line> overdue) {
        var total = figures.total();
        var items = new ArrayList<Item>();
        add(
                items,
                Topic.CLOSURE,
                total.of(Measure.RECEIVED),
                total.of(Measure.RECEIVED_CLOSED),
                total.closure());
        add(
                items,
                Topic.LATE,
                total.of(Measure.LIMITS),
                total.late(),
                share(total.late(), total.of(Measure.LIMITS)));
        add(
                items,
                Topic.SATISFACTION,
                total.of(Measure.RATED),
                total.of(Measure.SATISFIED),
                total.satisfaction());
        add(items, Topic.EXECUTION, total.shares(), total.done(), total.execution());
        add(items, Topic.ROOMS, highest(figures.byNode(), node -> node.value()));
        add(items, Topic.KINDS, highest(figures.byKind(), kind -> kind));
        if (!overdue.isEmpty()) {
            items.add(
                    new Item(
                            Topic.OVERDUE,
                            overdue.size(),
                            overdue.size(),
                            OptionalDouble.empty(),
                            overdue.stream().limit(MOST_LINES).toList()));
        }
        return new Agenda(items);
    }

    private static void add(
            List<Item> items, Topic topic, long count, long part, OptionalDouble share) {
        if (count > 0) {
            items.add(new Item(topic, count, part, share, List.of()));
        }
    }

    /// One room, or one kind, is no ranking.
    private static void add(List<Item> items, Topic topic, List<Line> lines) {
        if (lines.size() > 1) {
            long count = lines.stream().mapToLong(Line::count).sum();
            items.add(
                    new Item(
                            topic,
                            count,
                            count,
                            OptionalDouble.empty(),
                            lines.stream().limit(MOST_LINES).toList()));
        }
    }

    /// By how much came in; of equal ones by name.
    private static <K> List<Line> highest(Map<K, Tally> parts, Function<K, String> word) {
        return parts.entrySet().stream()
                .map(part ->
                        new Line(
                                word.apply(part.getKey()),
                                "",
                                part.getValue().of(Measure.RECEIVED),
                                null))
                .filter(line -> line.count() > 0)
                .sorted(Comparator.comparingLong(Line::count).reversed().thenComparing(Line::key))
                .toList();
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
