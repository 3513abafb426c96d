package org.maplebridge.load.incidents;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What was promised against what is there: each has to be there once.
///
/// Pure.
///
/// @param lost promised and not there
/// @param doubled there more than once, promised or not: who heard no answer may still be in
record Tally(int lost, int doubled) {
    static final Tally NONE = new Tally(0, 0);

    private static final int NAMED = 10;

    static Tally of(Set<String> promised, Collection<String> found) {
        Map<String, Integer> times = new HashMap<>();
        found.forEach(id -> times.merge(id, 1, Integer::sum));
        var missing = new HashSet<>(promised);
        missing.removeAll(times.keySet());
        int more = (int) times.values().stream().filter(count -> count > 1).count();
        return new Tally(missing.size(), more);
    }

    /// Some of those that are promised and not there, to look for in the logs; none if all are.
    static String missing(Set<String> promised, Collection<String> found) {
        var missing = new TreeSet<>(promised);
        missing.removeAll(Set.copyOf(found));
        return missing.stream().limit(NAMED).collect(Collectors.joining(", "));
    }

    Tally and(Tally other) {
        return new Tally(lost + other.lost, doubled + other.doubled);
    }
}
