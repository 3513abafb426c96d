package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.relay.TalkStage.GROUP;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.media.relay.TalkStage.Terminal;

/// Every loop hears the arbiter's words in the same order, but not at the same time, and what the
/// loops say to each other crosses them. In the end all agree.
class FloorRaceTest {
    private static final int LOOPS = 3;

    private final TalkStage talk = new TalkStage(LOOPS);
    private final List<Queue<IntConsumer>> told = new ArrayList<>();
    private final List<Terminal> talkers = new ArrayList<>();
    private final List<Terminal> listeners = new ArrayList<>();
    private long epoch;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allLoopsAgreeInTheEndAndNobodyHearsAWordTwice(long seed) {
        var random = new SplittableRandom(seed);
        for (int loop = 0; loop < LOOPS; loop++) {
            told.add(new ArrayDeque<>());
            talkers.add(talk.terminal("talker" + loop, 1 + loop, loop));
            listeners.add(talk.terminal("listener" + loop, 11 + loop, loop));
            listeners.get(loop).listen();
        }
        for (int word = 0; word < 60; word++) {
            say(anyWord(random));
            deliver(random, random.nextInt(60));
        }
        settle(random);
        Terminal last = talkers.get(random.nextInt(LOOPS));
        last.key(true);
        give(talkers.indexOf(last), ++epoch);
        settle(random);
        talk.run(100 * MILLI);
        assertHears(last, true);
        assertThat(talk.finished()).doesNotContain(epoch);
        last.key(false);
        say(loop -> finish(loop, epoch));
        settle(random);
        talk.run(SECOND);
        last.key(true);
        talk.run(200 * MILLI);

        assertHears(last, false);
        assertThat(talk.finished().stream().filter(finished -> finished == epoch)).hasSize(1);
        for (Terminal listener : listeners) {
            assertThat(listener.words()).doesNotHaveDuplicates();
            assertThat(listener.heard().stepsBack()).isEmpty();
        }
        assertNothingIsLeftBehind();
    }

    private IntConsumer anyWord(SplittableRandom random) {
        talkers.get(random.nextInt(LOOPS)).key(random.nextInt(3) > 0);
        int talker = random.nextInt(LOOPS);
        long since = talk.now() - random.nextInt(200) * MILLI;
        epoch += random.nextInt(3) == 0 ? 1 : 0;
        long of = epoch - (random.nextInt(6) == 0 ? 1 : 0);
        return switch (random.nextInt(4)) {
            case 0, 1 -> loop -> talk.stage.giveOn(loop, GROUP, "talker" + talker, of, since);
            case 2 -> loop -> finish(loop, of);
            default -> loop -> talk.stage.relay(loop).clearFloor(GROUP, of);
        };
    }

    private void give(int talker, long newEpoch) {
        long since = talk.now();
        say(loop -> talk.stage.giveOn(loop, GROUP, "talker" + talker, newEpoch, since));
    }

    private void finish(int loop, long finished) {
        LoopRelay relay = talk.stage.relay(loop);
        relay.finishFloor(GROUP, finished, talk.now(), talk.stage.out(loop));
        talk.stage.out(loop).flush();
    }

    private void say(IntConsumer word) {
        told.forEach(queue -> queue.add(word));
    }

    private void deliver(SplittableRandom random, int millis) {
        for (int i = 0; i < millis; i++) {
            for (int loop = 0; loop < LOOPS; loop++) {
                if (random.nextInt(12) == 0 && !told.get(loop).isEmpty()) {
                    told.get(loop).remove().accept(loop);
                }
            }
            talk.run(MILLI);
        }
    }

    private void settle(SplittableRandom random) {
        while (told.stream().anyMatch(queue -> !queue.isEmpty())) {
            deliver(random, 10);
        }
    }

    private void assertHears(Terminal talker, boolean heard) {
        for (Terminal listener : listeners) {
            int before = listener.wordsOf(talker).size();
            talk.run(100 * MILLI);
            int after = listener.wordsOf(talker).size();
            assertThat(after > before).as("%s is heard", talker).isEqualTo(heard);
        }
    }

    private void assertNothingIsLeftBehind() {
        talkers.forEach(talker -> talker.peer().close());
        listeners.forEach(listener -> listener.peer().close());
        talk.stage.everyLoop(relay -> relay.closeChannel(GROUP));
        talk.run(SECOND);
        talk.stage.everyLoop(relay -> {
            assertThat(relay.packetsKept()).isZero();
            assertThat(relay.lines()).isZero();
        });
    }
}
