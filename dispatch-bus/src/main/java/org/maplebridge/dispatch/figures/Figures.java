package org.maplebridge.dispatch.figures;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;

/// All figures of a span, of the whole and of its parts. Orders have no kind, source or severity of
/// a matter, so they stand with rooms, seats and the whole.
///
/// Pure, immutable once made.
public record Figures(
        Tally total,
        SortedMap<NodeId, Tally> byNode,
        SortedMap<String, Tally> byKind,
        SortedMap<Origin.Source, Tally> bySource,
        SortedMap<Severity, Tally> bySeverity,
        SortedMap<SeatId, Post> bySeat) {

    /// What one seat did.
    ///
    /// @param acts with incidents, each once
    /// @param closed how many of them closed one
    /// @param callbacks how many of them were a call-back, or a try of one
    /// @param extended how many of them gave a reason for more time
    /// @param shares of orders that it placed
    /// @param done how many of these were reported as done
    public record Post(
            long acts, long closed, long callbacks, long extended, long shares, long done) {
        private static final Post NOTHING = new Post(0, 0, 0, 0, 0, 0);

        private Post plus(Facts.Acted acted) {
            long count = acted.count();
            return new Post(
                    acts + count,
                    closed + (acted.what().equals(Action.Kind.CLOSE.name()) ? count : 0),
                    callbacks + (acted.what().equals(Action.Kind.CALLBACK.name()) ? count : 0),
                    extended + (acted.what().equals(Action.Kind.EXTEND.name()) ? count : 0),
                    shares,
                    done);
        }

        private Post plus(Facts.Ordered ordered) {
            return new Post(
                    acts,
                    closed,
                    callbacks,
                    extended,
                    shares + ordered.shares(),
                    done + ordered.done());
        }
    }

    public static Figures of(Facts facts) {
        var total = new Tally();
        var byNode = new TreeMap<NodeId, Tally>(Comparator.comparing(NodeId::value));
        var byKind = new TreeMap<String, Tally>();
        var bySource = new TreeMap<Origin.Source, Tally>();
        var bySeverity = new TreeMap<Severity, Tally>();
        var bySeat = new TreeMap<SeatId, Post>(Comparator.comparing(SeatId::value));
        var parts = new Parts(total, byNode, byKind, bySource, bySeverity);
        for (var amount : facts.amounts()) {
            parts.of(amount.of(), tally -> tally.add(amount));
        }
        for (var handled : facts.handled()) {
            parts.of(handled.of(), tally -> tally.add(handled));
        }
        for (var ordered : facts.ordered()) {
            total.add(ordered);
            line(byNode, ordered.node()).add(ordered);
            @Nullable SeatId seat = ordered.seat();
            if (seat != null) {
                change(bySeat, seat, post -> post.plus(ordered));
            }
        }
        for (var acted : facts.acted()) {
            change(bySeat, acted.seat(), post -> post.plus(acted));
        }
        return new Figures(total, byNode, byKind, bySource, bySeverity, bySeat);
    }

    private static void change(Map<SeatId, Post> bySeat, SeatId seat, Function<Post, Post> change) {
        bySeat.put(seat, change.apply(bySeat.getOrDefault(seat, Post.NOTHING)));
    }

    private static <K> Tally line(Map<K, Tally> lines, K key) {
        return lines.computeIfAbsent(key, _ -> new Tally());
    }

    /// Every line that a matter counts in.
    private record Parts(
            Tally total,
            Map<NodeId, Tally> byNode,
            Map<String, Tally> byKind,
            Map<Origin.Source, Tally> bySource,
            Map<Severity, Tally> bySeverity) {
        void of(Facts.Common common, Consumer<Tally> add) {
            add.accept(total);
            add.accept(line(byNode, common.node()));
            add.accept(line(byKind, common.kind()));
            add.accept(line(bySource, common.source()));
            add.accept(line(bySeverity, common.severity()));
        }
    }
}
