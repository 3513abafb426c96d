package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.relay.TalkStage.words;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.relay.TalkStage.Terminal;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// Who talks from key-down on is heard from key-down on, however long the grant took.
class FirstWordTest {
    /// Loops, and how long the grant took.
    @ParameterizedTest(name = "{0} loops, grant after {1} ms")
    @CsvSource({"1, 40", "1, 300", "2, 300", "3, 300", "2, 1500", "3, 5"})
    void nothingSaidWhileWaitingIsLost(int loops, long grantMillis) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var near = talk.terminal("near", 2, 0);
        var far = talk.terminal("far", 3, loops - 1);
        near.listen();
        far.listen();
        talk.run(SECOND);

        long keyDown = talk.now();
        ann.key(true);
        talk.run(grantMillis * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(400 * MILLI);
        ann.key(false);
        talk.run(100 * MILLI);

        for (Terminal listener : new Terminal[] {near, far}) {
            assertThat(listener.words())
                    .isEqualTo(words(ann, 0, ann.microphone().frames()))
                    .hasSizeGreaterThan(20);
            assertTrueToTheTalkersClock(listener.heard());
            assertThat(listener.heard().packets().getFirst().marker()).isTrue();
            assertThat(listener.heard().packets().stream().filter(p -> p.marker())).hasSize(1);
        }
        assertThat(ann.words()).isEmpty();
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void theFirstPacketMayComeAfterTheGrant(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        bob.listen();
        talk.run(SECOND);
        talk.give("ann", 1, talk.now());
        talk.run(100 * MILLI);
        ann.key(true);
        talk.run(400 * MILLI);
        ann.key(false);
        talk.run(100 * MILLI);

        assertThat(bob.words()).isEqualTo(words(ann, 0, ann.microphone().frames()));
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void aWordMayBeOverBeforeItIsGranted(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        bob.listen();
        talk.run(SECOND);
        long keyDown = talk.now();
        ann.key(true);
        talk.run(200 * MILLI);
        ann.key(false);
        talk.run(300 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(100 * MILLI);

        assertThat(bob.words()).isEqualTo(words(ann, 0, 10));
    }

    @Test
    void whatWasSaidBeforeTheKeyWentDownIsNobodysBusiness() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 1);
        bob.listen();
        ann.key(true);
        talk.run(SECOND);
        talk.give("ann", 1, talk.now() - 100 * MILLI);
        talk.run(100 * MILLI);

        assertThat(bob.words().getFirst().number()).isBetween(44, 46);
    }

    @Test
    void atMostTwoSecondsAreHeardAfterwards() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 0);
        bob.listen();
        long keyDown = talk.now();
        ann.key(true);
        talk.run(4 * SECOND);
        talk.give("ann", 1, keyDown);
        talk.run(10 * MILLI);

        assertThat(bob.words()).hasSizeBetween(99, 101);
    }

    @Test
    void aPauseEndsWhatIsHeardAfterwards() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 1);
        bob.listen();
        talk.run(SECOND);
        long keyDown = talk.now();
        ann.key(true);
        talk.run(200 * MILLI);
        ann.key(false);
        talk.run(220 * MILLI);
        ann.key(true);
        talk.run(100 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(100 * MILLI);

        assertThat(bob.words()).startsWith(words(ann, 10, 11).getFirst());
    }

    @Test
    void aMutedMicrophoneIsNotHeardAfterwards() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 0);
        bob.listen();
        long keyDown = talk.now();
        ann.microphone().setLoudness(127);
        ann.key(true);
        talk.run(200 * MILLI);
        ann.microphone().setLoudness(40);
        talk.run(100 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(50 * MILLI);

        assertThat(bob.words()).startsWith(words(ann, 10, 11).getFirst());
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void theSameGrantAgainRepeatsNothing(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        bob.listen();
        long keyDown = talk.now();
        ann.key(true);
        talk.run(200 * MILLI);
        for (int i = 0; i < 5; i++) {
            talk.give("ann", 1, keyDown);
            talk.run(33 * MILLI);
        }
        talk.give("ann", 2, keyDown); // nor does a newer one
        talk.run(200 * MILLI);

        assertThat(bob.words()).isEqualTo(words(ann, 0, bob.words().size())).hasSizeGreaterThan(25);
        assertThat(bob.heard().doubles()).isZero();
        assertTrueToTheTalkersClock(bob.heard());
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void aKeyPressedAgainAtOnceRepeatsNothingOfTheTalkBefore(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        bob.listen();
        long keyDown = talk.now();
        ann.key(true);
        talk.run(200 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(200 * MILLI);
        talk.clear(1);
        talk.run(100 * MILLI);
        talk.give("ann", 2, keyDown); // as if the key had been down all the time
        talk.run(200 * MILLI);

        assertThat(bob.words()).isEqualTo(words(ann, 0, bob.words().size())).hasSizeGreaterThan(30);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void twentyQuickPressesLeaveNoLag(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        var cat = talk.terminal("cat", 3, loops / 2);
        cat.listen();
        bob.listen();
        for (int press = 1; press <= 20; press++) {
            Terminal talker = press % 2 == 0 ? ann : bob;
            long keyDown = talk.now();
            talker.key(true);
            talk.run(150 * MILLI);
            talk.give(talker == ann ? "ann" : "bob", press, keyDown);
            talk.run(250 * MILLI);
            talker.key(false);
            talk.run(50 * MILLI);
            talk.clear(press);
        }

        for (Terminal talker : new Terminal[] {ann, bob}) {
            assertThat(cat.wordsOf(talker))
                    .isEqualTo(words(talker, 0, talker.microphone().frames()));
        }
        assertThat(cat.heard().stepsBack()).isEmpty();
        // The first packet was 150 ms late; all later ones play in its time or before.
        assertThat(cat.lagMillis()).isBetween(-25L, 175L);
        assertThat(lastLive(cat) - firstLive(cat)).isBetween(-25L, 25L);
        assertThat(bob.heard().stepsBack()).isEmpty();
        assertThat(bob.wordsOf(bob)).isEmpty();
    }

    @Test
    void talkersWhoseWordsOverlapMakeNothingLaterThanThat() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 0);
        var cat = talk.terminal("cat", 3, 0);
        cat.listen();
        long epoch = 0;
        for (int turn = 0; turn < 20; turn++) {
            long keyDown = talk.now();
            ann.key(true);
            talk.give("ann", ++epoch, keyDown);
            talk.run(200 * MILLI);
            keyDown = talk.now();
            bob.key(true); // 200 ms before ann is done
            talk.run(200 * MILLI);
            ann.key(false);
            talk.run(20 * MILLI);
            talk.give("bob", ++epoch, keyDown);
            talk.run(200 * MILLI);
            bob.key(false);
            talk.run(50 * MILLI);
            talk.clear(epoch);
            talk.run(500 * MILLI);
        }

        assertThat(cat.wordsOf(ann)).isEqualTo(words(ann, 0, ann.microphone().frames()));
        assertThat(cat.wordsOf(bob)).isEqualTo(words(bob, 0, bob.microphone().frames()));
        assertThat(cat.heard().stepsBack()).isEmpty();
        assertThat(cat.heard().holes()).isEmpty();
        assertThat(cat.lagMillis()).isBetween(0L, 250L); // of the last turn, not of twenty
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void whoComesLaterHearsFromTheNextPacketOn(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 0);
        bob.listen();
        long keyDown = talk.now();
        ann.key(true);
        talk.run(100 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(400 * MILLI);
        var late = talk.terminal("late", 3, loops - 1);
        int said = ann.microphone().frames();
        late.listen();
        talk.run(200 * MILLI);

        assertThat(late.words().getFirst().number()).isBetween(said - 1, said + 1);
        assertThat(late.words())
                .isEqualTo(words(ann, late.words().getFirst().number(), endOf(late)));
    }

    @Test
    void aStaleGrantIsNotHeardAfterwards() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 1);
        var cat = talk.terminal("cat", 3, 1);
        cat.listen();
        long keyDown = talk.now();
        ann.key(true);
        bob.key(true);
        talk.run(200 * MILLI);
        talk.give("ann", 5, keyDown);
        talk.give("bob", 4, keyDown);
        talk.run(200 * MILLI);

        assertThat(cat.wordsOf(bob)).isEmpty();
        assertThat(cat.wordsOf(ann)).hasSizeGreaterThan(18);
    }

    @Test
    void twoGroupsHearTheSameFirstWord() {
        var talk = new TalkStage(2);
        var other = new org.maplebridge.media.api.SourceId("other");
        talk.stage.everyLoop(relay -> relay.openChannel(other));
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, 1);
        var cat = talk.terminal("cat", 3, 1);
        bob.listen();
        cat.peer().attach("l", "other");
        long keyDown = talk.now();
        ann.key(true);
        talk.run(100 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(100 * MILLI);
        talk.stage.give(other, "ann", 1, keyDown);
        talk.run(100 * MILLI);

        assertThat(bob.words()).isEqualTo(words(ann, 0, endOf(bob))).hasSizeGreaterThan(12);
        assertThat(cat.words()).isEqualTo(words(ann, 0, endOf(cat))).hasSizeGreaterThan(12);
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void lossAndReorderingOnTheWayDisturbNoOrder(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0, Weather.storm(0.1));
        var bob = talk.terminal("bob", 2, loops - 1);
        bob.listen();
        var numbers = new HashSet<Integer>();
        for (int press = 1; press <= 10; press++) {
            long keyDown = talk.now();
            ann.key(true);
            talk.run(300 * MILLI);
            talk.give("ann", press, keyDown);
            talk.run(300 * MILLI);
            ann.key(false);
            talk.run(100 * MILLI);
            talk.clear(press);
            talk.run(200 * MILLI);
        }

        bob.words().forEach(word -> assertThat(numbers.add(word.number())).isTrue());
        assertThat(bob.words()).isSortedAccordingTo((a, b) -> a.number() - b.number());
        assertThat(bob.heard().stepsBack()).isEmpty();
        double share = (double) numbers.size() / ann.microphone().frames();
        assertThat(share).isBetween(0.85, 0.95);
    }

    private static int endOf(Terminal listener) {
        return listener.words().getLast().number() + 1;
    }

    /// Timestamp of the last packet against its arrival, in ms.
    private static long lastLive(Terminal listener) {
        var last = listener.heard().bySeq().lastEntry().getValue();
        return last.packet().timestamp() / 48 - last.atNanos() / MILLI;
    }

    /// The same of the first one that came in its time: behind those that waited for the grant.
    private static long firstLive(Terminal listener) {
        long burst = listener.heard().bySeq().firstEntry().getValue().atNanos();
        var first =
                listener.heard().bySeq().values().stream()
                        .filter(arrival -> arrival.atNanos() > burst + 20 * MILLI)
                        .findFirst()
                        .orElseThrow();
        return first.packet().timestamp() / 48 - first.atNanos() / MILLI;
    }

    private static void assertTrueToTheTalkersClock(ReceivedStream stream) {
        var packets = stream.packets();
        for (int i = 1; i < packets.size(); i++) {
            int step = packets.get(i).timestamp() - packets.get(i - 1).timestamp();
            assertThat(step).isEqualTo(960);
        }
        assertThat(stream.holes()).isEmpty();
    }
}
