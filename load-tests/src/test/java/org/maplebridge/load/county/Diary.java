package org.maplebridge.load.county;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminal.Heard;

/// Who was told that they may speak, when they stopped, and which packets are whose.
///
/// Thread: any.
final class Diary {
    /// Told by another connection than who is granted next, without waiting for an answer.
    private static final int CAUSE_OTHER = 255;

    private static final long IN_FLIGHT_NANOS = 1_000_000_000L;
    private static final int LINES_A_PAGE = 20;

    /// What the clock of the packets shows when the one of the messages shows nothing.
    private static final long SINCE_1970_NANOS =
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    private static final long AROUND_NANOS = 150_000_000L;

    private static final class Talk {
        final String call;
        final String talker;
        final long fromNanos;
        volatile long untilNanos = Long.MAX_VALUE;

        Talk(String call, String talker, long fromNanos) {
            this.call = call;
            this.talker = talker;
            this.fromNanos = fromNanos;
        }

        @Override
        public String toString() {
            return "%s in %s from %d to %d".formatted(talker, call, fromNanos, untilNanos);
        }
    }

    /// @param what was done or told
    private record Line(long atNanos, String who, String call, String what) {}

    /// @param call under which it was pressed
    private record Owner(String call, String talker, long pressedNanos) {}

    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    private final Map<String, Talk> open = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Owner> owners = new ConcurrentHashMap<>();

    void write(String who, String call, String what) {
        lines.add(new Line(System.nanoTime(), who, call, what));
    }

    /// What one did and was told of a call from some time on.
    String pageOf(String who, String call, long fromNanos, long untilNanos) {
        var page =
                lines.stream()
                        .filter(line -> line.who().equals(who) && line.call().equals(call))
                        .filter(line -> line.atNanos() - fromNanos >= 0)
                        .filter(line -> untilNanos - line.atNanos() >= 0)
                        .map(line -> "\n  " + line.atNanos() + " " + who + " " + line.what())
                        .toList();
        return String.join("", page.subList(Math.max(0, page.size() - LINES_A_PAGE), page.size()));
    }

    void willPress(String talker, String call) {
        write(talker, call, "presses");
        held.add(talker + " " + call);
    }

    void pressed(Handheld handheld, Handheld.Press press) {
        owners.put(
                press.burst(), new Owner(press.call(), handheld.account(), press.pressedNanos()));
    }

    /// Said again while it holds is the same talk; said to who has let the key go meanwhile is
    /// none.
    void granted(String talker, String call, long atNanos) {
        if (!held.contains(talker + " " + call)) {
            return;
        }
        open.computeIfAbsent(
                talker + " " + call,
                _ -> {
                    var talk = new Talk(call, talker, atNanos);
                    talks.add(talk);
                    return talk;
                });
    }

    /// The key was let go, or the group was left, or the connection failed.
    void stopped(String talker, String call, long atNanos) {
        write(talker, call, "stops");
        held.remove(talker + " " + call);
        @Nullable Talk talk = open.remove(talker + " " + call);
        if (talk != null) {
            talk.untilNanos = atNanos;
        }
    }

    void stoppedAll(String talker, long atNanos) {
        for (String key : List.copyOf(held)) {
            if (key.startsWith(talker + " ")) {
                stopped(talker, key.substring(talker.length() + 1), atNanos);
            }
        }
    }

    /// Granted for an earlier press of the key, and told otherwise for the latest one: the server
    /// has let others speak when it says so.
    void toldToWait(String talker, String call, long atNanos) {
        @Nullable Talk talk = open.remove(talker + " " + call);
        if (talk != null) {
            talk.untilNanos = atNanos - IN_FLIGHT_NANOS;
        }
    }

    void revoked(String talker, String call, int cause, long atNanos) {
        stopped(talker, call, cause == CAUSE_OTHER ? atNanos - IN_FLIGHT_NANOS : atNanos);
    }

    int talks() {
        return talks.size();
    }

    /// Talks of one call that were granted to two at once.
    List<String> overlaps() {
        Map<String, List<Talk>> byCall = new HashMap<>();
        talks.forEach(t -> byCall.computeIfAbsent(t.call, _ -> new ArrayList<>()).add(t));
        var overlaps = new ArrayList<String>();
        for (var ofCall : byCall.values()) {
            ofCall.sort(Comparator.comparingLong(talk -> talk.fromNanos));
            for (int i = 1; i < ofCall.size(); i++) {
                var before = ofCall.get(i - 1);
                var after = ofCall.get(i);
                if (after.fromNanos < before.untilNanos && !after.talker.equals(before.talker)) {
                    overlaps.add(around(before) + around(after));
                }
            }
        }
        return overlaps;
    }

    private String around(Talk talk) {
        long from = talk.fromNanos - AROUND_NANOS;
        return "\n" + talk + pageOf(talk.talker, talk.call, from, talk.fromNanos + AROUND_NANOS);
    }

    /// Talks of one call, by different people, whose packets came to one listener mixed.
    List<String> mixed(String listener, List<Heard> heard) {
        var sorted = new ArrayList<>(heard);
        sorted.sort(Comparator.comparingLong(Heard::arrivedNanos));
        Map<String, Heard> lastOf = new HashMap<>();
        var mixed = new ArrayList<String>();
        for (Heard one : sorted) {
            @Nullable Owner owner = owners.get(one.burst());
            if (owner == null) {
                mixed.add(listener + " heard what nobody said: " + one);
                continue;
            }
            @Nullable Heard before = lastOf.put(owner.call(), one);
            @Nullable Owner other = before == null ? null : owners.get(before.burst());
            if (before != null
                    && other != null
                    && one.arrivedNanos() < before.lastArrivedNanos()
                    && !owner.talker().equals(other.talker())
                    && !strayed(one, before)
                    && !strayed(before, one)) {
                mixed.add(
                        "%s heard %s %s while %s %s"
                                .formatted(listener, owner, one, other, before));
            }
        }
        return mixed;
    }

    /// Whether it was heard in another call than its own: it was refused there, and when its talker
    /// asked for another floor within the same instant, what was still on its way counted as the
    /// beginning of that.
    private boolean strayed(Heard heard, Heard other) {
        @Nullable Owner owner = owners.get(heard.burst());
        return owner != null && heard.slot() != other.slot() && !wasGranted(owner, heard);
    }

    private boolean wasGranted(Owner owner, Heard heard) {
        long until = heard.lastArrivedNanos() - SINCE_1970_NANOS;
        return talks.stream()
                .filter(talk -> talk.talker.equals(owner.talker()))
                .filter(talk -> talk.call.equals(owner.call()))
                .anyMatch(talk ->
                        talk.untilNanos - owner.pressedNanos() > 0 && until - talk.fromNanos > 0);
    }
}
