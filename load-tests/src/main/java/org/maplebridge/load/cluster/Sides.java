package org.maplebridge.load.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.cluster.Event.Heard;
import org.maplebridge.load.cluster.Event.Talked;

/// Two sides of a network, and who of them was heard where.
///
/// Pure.
public final class Sides {
    private final Set<Integer> one;
    private final Map<Integer, Talked> talks = new HashMap<>();

    /// @param one nodes of one side; all others are the other side
    public Sides(Set<Integer> one, List<Talked> talks) {
        this.one = Set.copyOf(one);
        talks.forEach(talk -> this.talks.put(talk.burst(), talk));
    }

    private boolean isOne(int node) {
        return one.contains(node);
    }

    /// Talks that began in this time on one side.
    public long talks(boolean ofOne, long fromNanos, long untilNanos) {
        return talks.values().stream()
                .filter(talk -> isOne(talk.node()) == ofOne)
                .filter(talk -> talk.grantedNanos() >= fromNanos)
                .filter(talk -> talk.grantedNanos() < untilNanos)
                .count();
    }

    /// Of those talks, the ones that somebody on the same side heard.
    ///
    /// @param listeners at which node each is
    public long heardThere(
            boolean ofOne,
            List<Heard> heard,
            Map<String, Integer> listeners,
            long fromNanos,
            long untilNanos) {
        var bursts = new HashSet<Integer>();
        for (var one : heard) {
            @Nullable Talked talk = talks.get(one.burst());
            if (talk != null
                    && isOne(talk.node()) == ofOne
                    && talk.grantedNanos() >= fromNanos
                    && talk.grantedNanos() < untilNanos
                    && isOne(listeners.getOrDefault(one.who(), -1)) == ofOne) {
                bursts.add(one.burst());
            }
        }
        return bursts.size();
    }

    /// From when on everybody has heard somebody of the other side again.
    ///
    /// @param listeners at which node each is
    /// @return empty when one of them never did
    public OptionalLong joinedNanos(
            List<Heard> heard, Map<String, Integer> listeners, long healedNanos) {
        long last = healedNanos;
        for (var listener : listeners.entrySet()) {
            var first =
                    heard.stream()
                            .filter(one -> one.who().equals(listener.getKey()))
                            .filter(one -> one.fromNanos() >= healedNanos)
                            .filter(one -> isAcross(one.burst(), listener.getValue()))
                            .mapToLong(Heard::fromNanos)
                            .min();
            if (first.isEmpty()) {
                return OptionalLong.empty();
            }
            last = Math.max(last, first.getAsLong());
        }
        return OptionalLong.of(last);
    }

    private boolean isAcross(int burst, int node) {
        @Nullable Talked talk = talks.get(burst);
        return talk != null && isOne(talk.node()) != isOne(node);
    }
}
