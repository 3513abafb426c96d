package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.maplebridge.load.cluster.Event;
import org.maplebridge.load.cluster.LateStep;
import org.maplebridge.load.cluster.Sides;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.cluster.part.Stage.Need;
import org.maplebridge.load.ground.Cut;
import org.maplebridge.load.measure.WallClock;

/// The network falls apart: one node alone on its side, two and the services on the other, in both
/// directions and in each alone; then it heals. People talk on both sides all the time; an order of
/// the one's dispatcher is accepted on the other side meanwhile.
public final class SplitPart implements Part {

    /// Halves look for each other every 5 s, for the first time after 8 s.
    private static final int QUICK_HEAL_SECONDS = 10;

    private static final int HEAL_SECONDS = 20;
    private static final String LATE_CAR = "car2";

    /// When the bus has noticed; before, the far side may still hold a floor.
    private static final long NOTICED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /// @param key what its figures are called by
    private record Way(String key, String words, Cut cut) {}

    @Override
    public String name() {
        return "split";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.NETWORK, Need.RECORD);
    }

    @Override
    public void play(Stage stage, Setting setting, Findings findings) throws IOException {
        int alone = new Random(setting.seed()).nextInt(Stage.NODES);
        var others =
                IntStream.range(0, Stage.NODES)
                        .filter(node -> node != alone)
                        .boxed()
                        .collect(Collectors.toSet());
        int near = (alone + 1) % Stage.NODES;
        var crowd = Crowd.gather(stage, setting.seed());
        crowd.talk(Set.of(alone));
        crowd.talk(others);
        crowd.order(near, "car1", alone);
        var late = new LateStep();
        var ordering = crowd.order(alone, late, LATE_CAR, near);
        LockSupport.parkNanos(setting.settleNanos());
        for (var way : ways(stage, alone, setting)) {
            split(stage, crowd, way, alone, late, ordering, setting, findings);
        }
        crowd.fallSilent();
        var judge = new Judge(stage, "split_", findings);
        judge.orders(setting.seconds(10, 30));
        judge.talkers();
        judge.bursts(crowd.groups());
        judge.errors();
    }

    private static List<Way> ways(Stage stage, int alone, Setting setting) {
        var yard = stage.yard();
        var one = List.of(yard.address(alone));
        var rest = yard.allBut(alone);
        var ways =
                List.of(
                        new Way("split", "cut off", Cut.between(one, rest)),
                        new Way("deaf", "deaf", Cut.oneWay(rest, one)),
                        new Way("mute", "mute", Cut.oneWay(one, rest)));
        return setting.quick() ? ways.subList(0, 1) : ways;
    }

    private static void split(
            Stage stage,
            Crowd crowd,
            Way way,
            int alone,
            LateStep late,
            Crowd.Ordering ordering,
            Setting setting,
            Findings findings)
            throws IOException {
        crowd.tellWhatWasHeard();
        var history = stage.history();
        var order = late.place(ordering.room(), LATE_CAR);
        history.done("node " + alone + " is " + way.words());
        stage.yard().cut(way.cut());
        long cutNanos = System.nanoTime();
        long cutAt = WallClock.nanos();
        LockSupport.parkNanos(NOTICED_NANOS);
        var accepted = LateStep.accept(ordering.car(), order);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(8, 30)) - NOTICED_NANOS);
        var places = crowd.places();
        long healedNanos = System.nanoTime();
        long healedAt = WallClock.nanos();
        stage.yard().heal();
        history.done("healed");
        int joining = setting.seconds(QUICK_HEAL_SECONDS, HEAL_SECONDS);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(joining));
        crowd.tellWhatWasHeard();

        var sides = new Sides(Set.of(alone), history.talks());
        var heard = history.heard();
        var sample = new TreeMap<String, Object>(Map.of("part", "split", "what", way.words()));
        for (boolean one : new boolean[] {true, false}) {
            var side = one ? "one" : "rest";
            sample.put(side + "_talks", sides.talks(one, cutAt, healedAt));
            sample.put(side + "_heard", sides.heardThere(one, heard, places, cutAt, healedAt));
            sample.put(
                    side + "_noticed_heard",
                    sides.heardThere(one, heard, places, cutAt + NOTICED_NANOS, healedAt));
            sample.put(side + "_silence_ms", silence(crowd, alone, one, cutNanos, healedNanos));
        }
        var joined = sides.joinedNanos(heard, places, healedAt);
        double joinedMillis =
                joined.isPresent() ? (joined.getAsLong() - healedAt) / 1e6 : Double.NaN;
        sample.put("one_floor_ms", joinedMillis);
        sample.put("step_accepted", accepted);
        var step = late.acceptedNanos(order);
        sample.put(
                "step_told_ms",
                step.isPresent() ? Math.max(0, step.getAsLong() - healedAt) / 1e6 : Double.NaN);
        var overlaps = history.overlaps().stream().filter(o -> o.atNanos() >= healedAt).toList();
        sample.put("two_talkers", overlaps.size());
        sample.put(
                "two_talkers_ms",
                overlaps.stream().mapToLong(o -> o.nanos()).max().orElse(0) / 1e6);
        var judge = new Judge(stage, way.key() + "_", findings);
        var missing = judge.missing(crowd.groups(), cutAt, healedAt);
        sample.put("bursts_missing", missing.size());
        sample.put("moved", crowd.everybody().stream().filter(Traveller::isAway).count());
        answers(history.answers(), cutAt, healedAt, sample);
        say(way.key(), sample, findings);
        crowd.everybody().forEach(Traveller::goHome);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(2, 5)));
    }

    private static double silence(
            Crowd crowd, int alone, boolean ofOne, long fromNanos, long untilNanos) {
        return crowd.listeners().stream()
                .filter(one -> (one.at() == alone) == ofOne)
                .mapToDouble(one -> one.longestGapMillis(fromNanos, untilNanos))
                .max()
                .orElse(Double.NaN);
    }

    private static void answers(
            List<Event.Answered> answers, long fromNanos, long untilNanos, Map<String, Object> in) {
        var asked =
                answers.stream()
                        .filter(answer -> answer.askedNanos() >= fromNanos)
                        .filter(answer -> answer.askedNanos() < untilNanos)
                        .toList();
        in.put(
                "orders",
                asked.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Event.Answered::verdict,
                                        TreeMap::new,
                                        Collectors.counting()))
                        .toString());
    }

    private static void say(String key, Map<String, Object> sample, Findings findings) {
        System.out.println("split: " + sample);
        findings.sample(sample);
        var figures = new ArrayList<>(sample.keySet());
        figures.removeAll(List.of("part", "what", "orders"));
        for (var name : figures) {
            if (sample.get(name) instanceof Number number) {
                findings.figure(
                        String.format(Locale.ROOT, "%s_%s", key, name), number.doubleValue());
            }
        }
    }
}
