package org.maplebridge.load.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maplebridge.load.client.VoiceTerminal;

/// What clients saw, and nothing else; says what should not have been.
///
/// Thread: any, guarded by this.
public final class History {
    /// Two voices that overlap by no more were one after the other: the end of one and the
    /// beginning of the next take different ways.
    private static final long OVERLAP_NANOS = 100_000_000L;

    /// @param order its id
    /// @param number that the server gave it
    public record Seen(String order, String text, long number) {}

    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private final Map<String, Integer> executed = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int twoTalkers;

    /// The server said that this order is placed.
    public synchronized void acknowledged(String order) {
        acknowledged.add(order);
    }

    /// Whoever was shown the order.
    public synchronized void shown(String order, String text, long number) {
        var now = new Seen(order, text, number);
        Seen before = seen.putIfAbsent(order, now);
        if (before != null && !before.equals(now)) {
            wrong.add("one order, two numbers: " + before + " and " + now);
        }
    }

    /// The addressee did what was ordered.
    public synchronized void executed(String order) {
        executed.merge(order, 1, Integer::sum);
    }

    public synchronized boolean isExecuted(String order) {
        return executed.containsKey(order);
    }

    /// @param talks what one listener heard of each talk of one group
    public synchronized void heard(String listener, List<VoiceTerminal.Heard> talks) {
        var inOrder = new ArrayList<>(talks);
        inOrder.sort(Comparator.comparingLong(VoiceTerminal.Heard::arrivedNanos));
        for (int i = 1; i < inOrder.size(); i++) {
            var before = inOrder.get(i - 1);
            var next = inOrder.get(i);
            long overlap = before.lastArrivedNanos() - next.arrivedNanos();
            if (before.burst() != next.burst() && overlap > OVERLAP_NANOS) {
                twoTalkers++;
                wrong.add(
                        "%s heard talks %d and %d at once for %d ms"
                                .formatted(
                                        listener,
                                        before.burst(),
                                        next.burst(),
                                        overlap / 1_000_000));
            }
        }
    }

    /// Acknowledged, and not there in the end.
    ///
    /// @param there ids of all orders that the record has
    public synchronized List<String> lost(Set<String> there) {
        return acknowledged.stream().filter(order -> !there.contains(order)).sorted().toList();
    }

    /// The same words under two orders or two numbers, or done twice.
    public synchronized List<String> doubled() {
        var byText = new HashMap<String, Set<Long>>();
        seen.values()
                .forEach(order ->
                        byText.computeIfAbsent(order.text(), _ -> new HashSet<>())
                                .add(order.number()));
        var doubled = new ArrayList<String>();
        byText.forEach((text, numbers) -> {
            if (numbers.size() > 1) {
                doubled.add(text + " has the numbers " + numbers);
            }
        });
        executed.forEach((order, times) -> {
            if (times > 1) {
                doubled.add(order + " was done " + times + " times");
            }
        });
        return doubled;
    }

    public synchronized int orders() {
        return acknowledged.size();
    }

    public synchronized int twoTalkers() {
        return twoTalkers;
    }

    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }
}
