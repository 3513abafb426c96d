package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.cluster.Answers;
import org.maplebridge.load.cluster.PositionStream;
import org.maplebridge.load.measure.WallClock;

/// One thing that is taken away for a while, and what people noticed of it.
///
/// Thread: the bench's.
final class Outage {
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @FunctionalInterface
    interface Act {
        void play() throws IOException;
    }

    private final Stage stage;
    private final Crowd crowd;
    private final Fleet picture;
    private final PositionStream positions;
    private final Findings findings;

    /// @param positions of a car of another node than who is told of them
    Outage(Stage stage, Crowd crowd, Fleet picture, PositionStream positions, Findings findings) {
        this.stage = stage;
        this.crowd = crowd;
        this.picture = picture;
        this.positions = positions;
        this.findings = findings;
    }

    /// @param key what its figures are called by
    void play(String key, Act begin, Act meanwhile, Act end) throws IOException {
        crowd.tellWhatWasHeard();
        var history = stage.history();
        history.done(key);
        picture.startWindow();
        long fromNanos = System.nanoTime();
        long fromAt = WallClock.nanos();
        begin.play();
        meanwhile.play();
        long backAt = WallClock.nanos();
        end.play();
        history.done(key + " is over");
        long returnedAt = WallClock.nanos();
        var caughtUp = awaitLedger(key, fromAt, backAt);
        var positionAgain = awaitPosition(returnedAt);
        long untilNanos = System.nanoTime();
        var window = picture.endWindow();

        var sample = new TreeMap<String, Object>();
        sample.put("part", "services");
        sample.put("what", key);
        figure(sample, key, "voice_silence_ms", longest(fromNanos, untilNanos));
        figure(sample, key, "picture_silence_ms", window.longestGapNanos() / 1e6);
        figure(sample, key, "position_silence_ms", positions.longestGapMillis(fromAt, backAt));
        figure(sample, key, "position_ok_after_ms", since(returnedAt, positionAgain));
        figure(
                sample,
                key,
                "talks",
                history.talks().stream().filter(t -> t.grantedNanos() >= fromAt).count());
        tell(sample, key, "order", Answers.toOrders(history.answers()), fromAt, backAt, returnedAt);
        tell(sample, key, "page", Answers.toReaders(history.reads()), fromAt, backAt, returnedAt);
        figure(sample, key, "ledger_complete_ms", since(returnedAt, caughtUp));
        System.out.println("services: " + sample);
        findings.sample(sample);
    }

    private double longest(long fromNanos, long untilNanos) {
        return crowd.silences(fromNanos, untilNanos).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }

    private void tell(
            TreeMap<String, Object> sample,
            String key,
            String what,
            Answers answers,
            long fromAt,
            long backAt,
            long returnedAt) {
        var meanwhile = answers.within(fromAt, backAt);
        sample.put(what + "_answers", meanwhile.counts().toString());
        List<Double> refused = meanwhile.refusedMillis();
        figure(sample, key, what + "_refused", refused.size());
        figure(sample, key, what + "_refused_p95_ms", Findings.quantile(refused, 0.95));
        var again = answers.firstOkNanos(returnedAt);
        figure(sample, key, what + "_ok_after_ms", since(returnedAt, again));
    }

    private static double since(long fromNanos, OptionalLong untilNanos) {
        return untilNanos.isPresent() ? (untilNanos.getAsLong() - fromNanos) / 1e6 : Double.NaN;
    }

    /// Until all that was said meanwhile is in the record.
    private OptionalLong awaitLedger(String key, long fromAt, long backAt) {
        var judge = new Judge(stage, key + "_", findings);
        long deadline = System.nanoTime() + CATCH_UP_NANOS;
        int missing = Integer.MAX_VALUE;
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            missing = missing(judge, fromAt, backAt);
            if (missing == 0) {
                findings.figure(key + "_bursts_missing", 0);
                return OptionalLong.of(WallClock.nanos());
            }
        }
        findings.figure(key + "_bursts_missing", missing);
        return OptionalLong.empty();
    }

    private OptionalLong awaitPosition(long returnedAt) {
        long deadline = System.nanoTime() + CATCH_UP_NANOS;
        var told = positions.firstAfter(returnedAt);
        while (told.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            told = positions.firstAfter(returnedAt);
        }
        return told;
    }

    /// All of them while the record cannot be asked.
    private int missing(Judge judge, long fromAt, long backAt) {
        try {
            return judge.missing(crowd.groups(), fromAt, backAt).size();
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }

    private void figure(TreeMap<String, Object> sample, String key, String name, double value) {
        sample.put(name, value);
        findings.figure(key + "_" + name, value);
    }
}
