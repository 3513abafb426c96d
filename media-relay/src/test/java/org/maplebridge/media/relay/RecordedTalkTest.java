package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.relay.TalkStage.GROUP;
import static org.maplebridge.media.relay.TalkStage.words;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.simulation.RecordedTalk;

/// A recording hears what listeners hear, from the first word to the last, whether or not anybody
/// listens.
class RecordedTalkTest {
    /// Loops, the talker's and the listener's; -1 for nobody who listens.
    @ParameterizedTest(name = "{0} loops, talker on {1}, listener on {2}")
    @CsvSource({"1, 0, 0", "1, 0, -1", "2, 0, 1", "2, 1, -1", "2, 1, 1", "3, 2, 1"})
    void theFirstAndTheLastWordAreRecorded(int loops, int home, int listening) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, home);
        if (listening >= 0) {
            talk.terminal("bob", 2, listening).listen();
        }
        talk.run(SECOND);
        long keyDown = talk.now();
        ann.key(true);
        talk.run(300 * MILLI);
        talk.stage.record(GROUP, 1);
        talk.give("ann", 1, keyDown);
        talk.run(400 * MILLI);
        ann.key(false);
        talk.finish(1);
        talk.runUntilFinished(1);

        var recorded = recording(talk, 1);
        assertThat(List.copyOf(recorded.said().values()))
                .isEqualTo(words(ann, 0, ann.microphone().frames()));
        assertThat(recorded.isOver()).isTrue();
        assertThat(talk.stage.recordings).hasSize(1);
    }

    @ParameterizedTest(name = "over {0} loops, listened to: {1}")
    @CsvSource({"1, true", "1, false", "2, true", "2, false"})
    void whoAsksAfterTheGrantGetsTheFirstWordToo(int loops, boolean listened) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, loops - 1);
        if (listened) {
            talk.terminal("bob", 2, 0).listen();
        }
        talk.run(SECOND);
        long keyDown = talk.now();
        ann.key(true);
        talk.run(200 * MILLI);
        talk.give("ann", 1, keyDown);
        talk.run(500 * MILLI);
        talk.stage.record(GROUP, 1);
        talk.run(200 * MILLI);
        ann.key(false);
        talk.run(50 * MILLI);
        talk.clear(1);

        assertThat(List.copyOf(recording(talk, 1).said().values()))
                .isEqualTo(words(ann, 0, ann.microphone().frames()));
        assertThat(recording(talk, 1).isOver()).isTrue();
    }

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void everyFloorIsARecordingOfItsOwn(int loops) {
        var talk = new TalkStage(loops);
        var ann = talk.terminal("ann", 1, 0);
        var bob = talk.terminal("bob", 2, loops - 1);
        for (int epoch = 1; epoch <= 6; epoch++) {
            talk.stage.record(GROUP, epoch);
        }
        ann.key(true);
        bob.key(true);
        talk.run(100 * MILLI);
        for (int epoch = 1; epoch <= 5; epoch++) {
            talk.give(epoch % 2 == 0 ? "bob" : "ann", epoch, talk.now());
            talk.run(300 * MILLI);
        }
        talk.clear(5);
        talk.give("ann", 7, talk.now());
        talk.run(300 * MILLI);

        assertThat(talk.stage.recordings).hasSize(5).allMatch(RecordedTalk::isOver);
        for (RecordedTalk recorded : talk.stage.recordings) {
            int speaker = recorded.epoch % 2 == 0 ? 2 : 1;
            assertThat(recorded.said().values()).allMatch(voice -> voice.speaker() == speaker);
            assertThat(recorded.said()).hasSizeBetween(13, 17);
        }
        assertThat(recordedNothing(talk)).containsExactly(6L); // it was never given
    }

    @Test
    void aNewEpochOfTheSameTalkerIsANewRecording() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        ann.key(true);
        talk.stage.record(GROUP, 1);
        talk.give("ann", 1, talk.now());
        talk.run(300 * MILLI);
        talk.stage.record(GROUP, 2);
        talk.give("ann", 2, talk.now());
        talk.run(300 * MILLI);
        talk.clear(2);

        var first = List.copyOf(recording(talk, 1).said().values());
        var second = List.copyOf(recording(talk, 2).said().values());
        assertThat(first.getLast().number() + 1).isEqualTo(second.getFirst().number());
        assertThat(talk.stage.recordings).allMatch(RecordedTalk::isOver);
    }

    @Test
    void whatIsPastOrUnknownOrRecordedAlreadyIsToldAtOnce() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 0);
        ann.key(true);
        talk.stage.record(GROUP, 5);
        talk.give("ann", 5, talk.now());
        talk.stage.record(GROUP, 5);
        talk.stage.record(GROUP, 4);
        talk.stage.record(new SourceId("no such group"), 9);

        assertThat(recordedNothing(talk)).containsExactly(5L, 4L, 9L);
        talk.run(100 * MILLI);
        ann.key(false);
        talk.finish(5);
        talk.runUntilFinished(5);
        talk.stage.record(GROUP, 5);
        assertThat(recordedNothing(talk)).containsExactly(5L, 4L, 9L, 5L);
        assertThat(talk.stage.recordings).hasSize(1).allMatch(RecordedTalk::isOver);
    }

    @Test
    void aChannelThatIsClosedEndsItsRecordings() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 1);
        ann.key(true);
        talk.stage.record(GROUP, 1);
        talk.stage.record(GROUP, 2);
        talk.give("ann", 1, talk.now());
        talk.run(200 * MILLI);
        talk.stage.everyLoop(relay -> relay.closeChannel(GROUP));
        talk.run(200 * MILLI);

        assertThat(recording(talk, 1).isOver()).isTrue();
        assertThat(recordedNothing(talk)).containsExactly(2L);
        ann.peer().close();
        talk.run(100 * MILLI);
        talk.stage.everyLoop(relay -> assertThat(relay.packetsKept()).isZero());
    }

    @Test
    void noPacketsComeFromOtherLoopsOnceTheRecordingIsOver() {
        var talk = new TalkStage(2);
        var ann = talk.terminal("ann", 1, 1);
        ann.key(true);
        talk.stage.record(GROUP, 1);
        talk.give("ann", 1, talk.now());
        talk.run(200 * MILLI);
        talk.give("ann", 2, talk.now());
        talk.run(SECOND);
        ann.peer().close();
        talk.clear(2);
        talk.run(100 * MILLI);

        assertThat(recording(talk, 1).said()).hasSizeBetween(8, 11);
        assertThat(recording(talk, 1).isOver()).isTrue();
    }

    private static RecordedTalk recording(TalkStage talk, long epoch) {
        return talk.stage.recordings.stream()
                .filter(recorded -> recorded.epoch == epoch)
                .findFirst()
                .orElseThrow();
    }

    /// Epochs of which it was told that there was nothing to record.
    private static List<Long> recordedNothing(TalkStage talk) {
        return talk.stage.events.stream()
                .filter(RelayEvent.Recorded.class::isInstance)
                .map(RelayEvent.Recorded.class::cast)
                .peek(recorded -> {
                    assertThat(recorded.complete()).isFalse();
                    assertThat(recorded.durationMillis()).isZero();
                    assertThat(recorded.file()).isEqualTo(Path.of("talk.opus"));
                })
                .map(RelayEvent.Recorded::epoch)
                .toList();
    }
}
