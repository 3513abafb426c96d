package org.maplebridge.load.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.cluster.Event.Answered;
import org.maplebridge.load.cluster.Event.Shown;
import org.maplebridge.load.cluster.Event.Talked;

/// What clients saw, and nothing else; says what should not have been.
///
/// Thread: any, guarded by this.
public final class History {
    /// Two voices that overlap by no more were one after the other: the end of one and the
    /// beginning of the next take different ways.
    private static final long OVERLAP_NANOS = 100_000_000L;

    /// Two talks of one group that were heard at once.
    ///
    /// @param atNanos when the second began, since 1970
    public record Overlap(String listener, int first, int second, long atNanos, long nanos) {
        @Override
        public String toString() {
            return "%s heard talks %d and %d at once for %d ms"
                    .formatted(listener, first, second, nanos / 1_000_000);
        }
    }

    private final Consumer<Event> keeper;
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Shown> seen = new LinkedHashMap<>();
    private final Map<String, Integer> executed = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<Overlap> overlaps = new ArrayList<>();
    private final Map<String, VoiceTerminal.Heard> heardLast = new HashMap<>();
    private final List<Talked> talks = new ArrayList<>();
    private final List<Event.Heard> heard = new ArrayList<>();
    private final List<Answered> answers = new ArrayList<>();
    private final List<Event.Read> reads = new ArrayList<>();

    /// @param keeper is handed every event as it comes in
    public History(Consumer<Event> keeper) {
        this.keeper = keeper;
    }

    /// The scenario did something to the nodes.
    public synchronized void done(String what) {
        keeper.accept(new Event.Done(what));
    }

    /// The server said that this order is placed, or why not.
    public synchronized void answered(Answered answer) {
        keeper.accept(answer);
        answers.add(answer);
        if (answer.verdict().equals("ok")) {
            acknowledged.add(answer.order());
        }
    }

    public synchronized void read(Event.Read read) {
        keeper.accept(read);
        reads.add(read);
    }

    public synchronized void located(String unit, long atNanos) {
        keeper.accept(new Event.Located(unit, atNanos));
    }

    /// Whoever was shown the order.
    public synchronized void shown(String order, String text, long number) {
        var now = new Shown(order, text, number);
        @Nullable Shown before = seen.putIfAbsent(order, now);
        if (before == null) {
            keeper.accept(now);
        } else if (!before.equals(now)) {
            keeper.accept(now);
            wrong.add("one order, two numbers: " + before + " and " + now);
        }
    }

    /// The addressee did what was ordered.
    public synchronized void executed(String order) {
        keeper.accept(new Event.Executed(order));
        executed.merge(order, 1, Integer::sum);
    }

    public synchronized boolean isExecuted(String order) {
        return executed.containsKey(order);
    }

    public synchronized void talked(Talked talk) {
        keeper.accept(talk);
        talks.add(talk);
    }

    public synchronized void notGranted(String who, String group, String why) {
        keeper.accept(new Event.NotGranted(who, group, why));
    }

    /// @param talks what one listener heard of each talk of one group
    public synchronized void heard(String listener, List<VoiceTerminal.Heard> talks) {
        var inOrder = new ArrayList<>(talks);
        inOrder.sort(Comparator.comparingLong(VoiceTerminal.Heard::arrivedNanos));
        for (var next : inOrder) {
            var event =
                    new Event.Heard(
                            listener,
                            next.burst(),
                            next.arrivedNanos(),
                            next.lastArrivedNanos(),
                            next.packets());
            keeper.accept(event);
            heard.add(event);
            VoiceTerminal.@Nullable Heard before = heardLast.get(listener);
            if (before == null || next.lastArrivedNanos() >= before.lastArrivedNanos()) {
                heardLast.put(listener, next);
            }
            if (before != null && before.burst() != next.burst()) {
                compare(listener, before, next);
            }
        }
    }

    private void compare(String listener, VoiceTerminal.Heard before, VoiceTerminal.Heard next) {
        long until = Math.min(before.lastArrivedNanos(), next.lastArrivedNanos());
        long nanos = until - next.arrivedNanos();
        if (nanos > OVERLAP_NANOS) {
            var overlap =
                    new Overlap(listener, before.burst(), next.burst(), next.arrivedNanos(), nanos);
            overlaps.add(overlap);
            wrong.add(overlap.toString());
        }
    }

    /// Acknowledged, and not there in the end.
    ///
    /// @param there ids of all orders that the record has
    public synchronized List<String> lost(Set<String> there) {
        return acknowledged.stream().filter(order -> !there.contains(order)).sorted().toList();
    }

    /// Acknowledged, and never shown to the addressee.
    public synchronized List<String> unseen() {
        return acknowledged.stream().filter(order -> !seen.containsKey(order)).sorted().toList();
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

    public synchronized List<Overlap> overlaps() {
        return List.copyOf(overlaps);
    }

    public synchronized List<Talked> talks() {
        return List.copyOf(talks);
    }

    public synchronized List<Event.Heard> heard() {
        return List.copyOf(heard);
    }

    public synchronized List<Answered> answers() {
        return List.copyOf(answers);
    }

    public synchronized List<Event.Read> reads() {
        return List.copyOf(reads);
    }

    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }
}
