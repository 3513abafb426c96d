package org.maplebridge.load.county;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maplebridge.load.county.County.Talkers;
import org.maplebridge.load.county.Handheld.Press;
import org.maplebridge.load.county.Handheld.Verdict;

/// People who talk to each other: in some groups at a time one after the other presses the key,
/// speaks and lets it go, then others take over. Lengths, pauses and people come from a seed.
///
/// Thread: the scenario's; each exchange has a virtual thread of its own.
public final class Conversations {
    private static final long GRANT_MILLIS = 5_000;

    /// How people talk, in milliseconds.
    ///
    /// @param pauseTo 0: the next one presses as soon as the floor is free
    public record Manner(int talkFrom, int talkTo, int pauseFrom, int pauseTo, int turns) {
        /// Short words, short pauses, a few turns.
        public static Manner usual() {
            return new Manner(1_000, 4_000, 300, 1_500, 5);
        }

        /// As many grants as the server gives.
        public static Manner storm() {
            return new Manner(0, 1, 0, 0, Integer.MAX_VALUE);
        }
    }

    /// One talk that was granted.
    public record Talk(Press press, Handheld talker, Talkers group, long grantNanos) {}

    /// @param notGranted in words
    public record Outcome(List<Talk> talks, List<String> notGranted) {}

    private final Manner manner;
    private final long seed;
    private final List<Talk> talks = Collections.synchronizedList(new ArrayList<>());
    private final List<String> notGranted = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();

    public Conversations(Manner manner, long seed) {
        this.manner = manner;
        this.seed = seed;
    }

    /// @param active groups in which somebody talks at a time
    public Outcome run(List<Talkers> groups, int active, long millis) {
        long untilNanos = System.nanoTime() + millis * 1_000_000;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < active; i++) {
                var random = new SplittableRandom(seed + i);
                var unused = threads.submit(() -> keepTalking(groups, random, untilNanos));
            }
        }
        return new Outcome(List.copyOf(talks), List.copyOf(notGranted));
    }

    private void keepTalking(List<Talkers> groups, SplittableRandom random, long untilNanos) {
        while (System.nanoTime() - untilNanos < 0) {
            var group = groups.get(random.nextInt(groups.size()));
            if (busy.putIfAbsent(group.group(), true) == null) {
                exchange(group, random, untilNanos);
                busy.remove(group.group());
            } else {
                pause(1);
            }
        }
    }

    private void exchange(Talkers group, SplittableRandom random, long untilNanos) {
        int turns = manner.turns() > 1_000 ? manner.turns() : 2 + random.nextInt(manner.turns());
        for (int i = 0; i < turns && System.nanoTime() - untilNanos < 0; i++) {
            talk(group, random);
            pause(between(random, manner.pauseFrom(), manner.pauseTo()));
        }
    }

    private void talk(Talkers group, SplittableRandom random) {
        var talker = group.members().get(random.nextInt(group.members().size()));
        var press = talker.press(group.group());
        var verdict = press.await(GRANT_MILLIS);
        if (verdict.isPresent() && verdict.get() instanceof Verdict.Granted(long waited)) {
            talks.add(new Talk(press, talker, group, waited));
        } else {
            notGranted.add(talker.account() + " in " + group.group() + ": " + verdict);
        }
        pause(between(random, manner.talkFrom(), manner.talkTo()));
        var idle = talker.idle(group.group());
        talker.release(group.group());
        try {
            idle.get(GRANT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            notGranted.add(group.group() + " is not free after " + talker.account());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long between(SplittableRandom random, int from, int to) {
        return from >= to ? from : random.nextInt(from, to);
    }

    static void pause(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
