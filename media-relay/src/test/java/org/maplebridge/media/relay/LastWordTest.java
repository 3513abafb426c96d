package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.relay.TalkStage.GROUP;
import static org.maplebridge.media.relay.TalkStage.words;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.relay.TalkStage.Terminal;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// A talk ends where its media end, not where the word comes that the key is up.
class LastWordTest {
    private static final Weather SLOW = new Weather(80 * MILLI, 0, 0, 0, 0, 0);

    /// Loops, and the one the talker is on.
    @ParameterizedTest(name = "talker on {1} of {0} loops")
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 1", "3, 2"})
    void wordsStillOnTheirWayAreHeard(int loops, int home) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, home, SLOW);
        var near = listener(talk, "near", 2, home);
        var far = listener(talk, "far", 3, loops - 1 - home);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(SECOND);
        ann.key(false);
        talk.finish(1); // overtakes four packets
        long took = talk.runUntilFinished(1);
        talk.run(SECOND);

        assertThat(near.words()).isEqualTo(words(ann, 0, ann.microphone().frames()));
        assertThat(far.words()).isEqualTo(near.words());
        assertThat(took).isBetween(155L, 190L); // the way, and 100 ms of nothing
        assertThat(talk.finished()).containsExactly(1L);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void digitalSilenceIsTheEnd(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0, SLOW);
        var bob = listener(talk, "bob", 2, loops - 1);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(SECOND);
        int said = ann.microphone().frames();
        ann.microphone().setLoudness(127);
        talk.finish(1);
        long took = talk.runUntilFinished(1);
        ann.microphone().setLoudness(30);
        talk.run(SECOND);

        assertThat(took).isBetween(80L, 105L);
        assertThat(bob.words()).isEqualTo(words(ann, 0, said + 1));
        assertThat(talk.finished()).containsExactly(1L);
    }

    @Test
    void silenceThatCameBeforeTheWordEndsTheTalkAtOnce() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 1);
        listener(talk, "bob", 2, 0);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        ann.microphone().setLoudness(127);
        talk.run(30 * MILLI);
        talk.finish(1);

        assertThat(talk.runUntilFinished(1)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void whoGoesOnTalkingIsCutOffAfterFourHundredMillis(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = listener(talk, "bob", 2, loops - 1);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        talk.finish(1);
        long took = talk.runUntilFinished(1);
        talk.run(3 * MILLI);
        int heard = bob.words().size();
        talk.run(SECOND);

        assertThat(took).isBetween(390L, 400L);
        assertThat(bob.words()).hasSize(heard);
        assertThat(heard).isBetween(28, 30);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void aTalkerWithoutAMicrophoneIsFinishedAtOnce(int loops) {
        var talk = new TalkStage(loops);
        talk.give("nobody", 1, talk.now());
        talk.finish(1);
        assertThat(talk.runUntilFinished(1)).isLessThanOrEqualTo(1);
        talk.finish(1);
        talk.run(SECOND);

        assertThat(talk.finished()).containsExactly(1L);
        assertThat(talk.stage.relay().lines()).isOne(); // the group's
    }

    @Test
    void aFloorNobodyWasGivenIsFinishedAtOnce() {
        var talk = new TalkStage(3);
        var ann = talk.terminal("ann", 1, 1);
        var bob = listener(talk, "bob", 2, 2);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        talk.finish(2);
        assertThat(talk.runUntilFinished(2)).isLessThanOrEqualTo(1);
        int heard = bob.words().size();
        talk.run(200 * MILLI);

        assertThat(bob.words()).hasSizeLessThanOrEqualTo(heard + 1);
    }

    @ParameterizedTest(name = "talker on {1} of {0} loops")
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 2"})
    void aTalkerThatLeavesIsFinishedAtOnce(int loops, int home) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, home);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        talk.finish(1);
        talk.run(20 * MILLI);
        assertThat(talk.finished()).isEmpty();
        ann.peer().close();
        talk.run(2 * MILLI);

        assertThat(talk.finished()).containsExactly(1L);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void aKeyPressedAgainTakesTheEndBack(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = listener(talk, "bob", 2, loops - 1);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        for (int press = 0; press < 5; press++) {
            talk.run(300 * MILLI);
            talk.finish(1);
            talk.run(50 * MILLI);
            talk.give("ann", 1, talk.now());
        }
        talk.run(SECOND);
        assertThat(talk.finished()).isEmpty();
        ann.key(false);
        talk.finish(1);
        talk.runUntilFinished(1);

        assertThat(bob.words()).isEqualTo(words(ann, 0, ann.microphone().frames()));
        assertThat(talk.finished()).containsExactly(1L);
    }

    @ParameterizedTest(name = "talker on {1} of {0} loops")
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 2"})
    void aKeyPressedAgainTooLateOpensTheGateAgain(int loops, int home) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, home);
        var bob = listener(talk, "bob", 2, loops - 1 - home);
        talk.give("ann", 1, talk.now());
        for (int press = 1; press <= 5; press++) {
            long keyDown = talk.now();
            ann.key(true);
            talk.run(50 * MILLI);
            talk.give("ann", 1, keyDown);
            talk.run(200 * MILLI);
            ann.key(false);
            talk.finish(1);
            talk.finish(1);
            talk.run(300 * MILLI);
            assertThat(talk.finished()).hasSize(press);
        }

        assertThat(bob.words()).isEqualTo(words(ann, 0, ann.microphone().frames()));
    }

    /// What one loop tells another crosses what the arbiter tells both.
    @ParameterizedTest(name = "talker on {0}, the end after {1} ms")
    @CsvSource({"0, 99", "0, 100", "0, 101", "1, 99", "1, 100", "1, 101"})
    void theEndMayCrossTheKeyPressedAgain(int home, int afterMillis) {
        for (int behind = 0; behind < 2; behind++) {
            var talk = new TalkStage(2);
            var ann = talk.terminal("ann", 1, home);
            var bob = listener(talk, "bob", 2, 1 - home);
            talk.give("ann", 1, talk.now());
            ann.key(true);
            talk.run(200 * MILLI);
            ann.key(false);
            talk.finish(1);
            talk.run(afterMillis * MILLI);
            int lag = behind;
            long keyDown = talk.now();
            ann.key(true);
            talk.stage.giveOn(lag, GROUP, "ann", 1, keyDown);
            talk.run(2 * MILLI);
            talk.stage.giveOn(1 - lag, GROUP, "ann", 1, keyDown);
            talk.run(300 * MILLI);
            ann.key(false);
            talk.run(10 * MILLI);

            assertThat(bob.words()).isEqualTo(words(ann, 0, ann.microphone().frames()));
        }
    }

    @Test
    void whatIsClearedOrGivenOnOrClosedIsNotFinished() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 1);
        var bob = listener(talk, "bob", 2, 0);
        ann.key(true);
        talk.give("ann", 1, talk.now());
        talk.run(100 * MILLI);
        talk.finish(1);
        talk.run(50 * MILLI);
        talk.clear(1);
        talk.run(2 * MILLI);
        int heard = bob.words().size();
        talk.run(SECOND);
        assertThat(bob.words()).hasSizeLessThanOrEqualTo(heard + 1);

        talk.give("ann", 2, talk.now());
        talk.finish(2);
        talk.give("bob", 3, talk.now());
        talk.run(SECOND);
        talk.give("ann", 4, talk.now());
        talk.finish(4);
        talk.stage.everyLoop(relay -> relay.closeChannel(GROUP));
        talk.run(SECOND);

        assertThat(talk.finished()).isEmpty();
    }

    @Test
    void aWordOfAnOlderEpochFinishesNothing() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 0);
        var bob = listener(talk, "bob", 2, 1);
        talk.give("ann", 5, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        talk.finish(4);
        talk.stage.finish(new SourceId("no such group"), 4);
        talk.run(SECOND);

        assertThat(talk.finished()).isEmpty();
        assertThat(bob.words()).hasSizeGreaterThan(55);
    }

    @Test
    void nothingIsLookedAtWhenNothingIsToEnd() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        talk.give("ann", 1, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        LoopRelay relay = talk.stage.relay();
        assertThat(relay.pauseNanos()).isEqualTo(LoopTasks.IDLE_PAUSE_NANOS);
        talk.finish(1);
        assertThat(relay.pauseNanos()).isEqualTo(LoopTasks.BUSY_PAUSE_NANOS);
        talk.run(SECOND);

        assertThat(talk.finished()).hasSize(1);
        assertThat(relay.pauseNanos()).isEqualTo(LoopTasks.IDLE_PAUSE_NANOS);
    }

    @Test
    void oneTalkerMayFinishOneGroupAndTalkOnToAnother() {
        var talk = new TalkStage(2);
        var other = new SourceId("other");
        talk.stage.everyLoop(relay -> relay.openChannel(other));
        var ann = talk.terminal("ann", 1, 0);
        var bob = listener(talk, "bob", 2, 1);
        var cat = talk.terminal("cat", 3, 1);
        cat.peer().attach("l", "other");
        talk.give("ann", 1, talk.now());
        talk.stage.give(other, "ann", 7, talk.now());
        ann.key(true);
        talk.run(200 * MILLI);
        talk.finish(1);
        talk.runUntilFinished(1);
        talk.run(200 * MILLI);

        assertThat(bob.words()).hasSizeBetween(28, 31);
        assertThat(cat.words()).hasSizeGreaterThan(38);
        assertThat(cat.words()).isEqualTo(words(ann, 0, cat.words().size()));
    }

    private static Terminal listener(TalkStage talk, String name, int number, int loop) {
        var listener = talk.terminal(name, number, loop);
        listener.listen();
        talk.run(20 * MILLI);
        return listener;
    }
}
