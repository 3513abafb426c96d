package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;
import org.maplebridge.media.wire.DropReason;

/// A talk group: one talker at a time, one stream for every listener.
class TalkGroupTest {
    private static final SourceId GROUP = new SourceId("group");
    private static final int SLOT = 0xa0d1;

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2, 3})
    void talkersHandOverWithoutAGap(int loops) {
        var stage = new Stage(7, loops);
        stage.everyLoop(relay -> relay.openChannel(GROUP));
        terminal(stage, "ann", 1, 0);
        terminal(stage, "bob", 2, loops - 1);
        var listener = terminal(stage, "room", 3, loops / 2);
        listener.attach("l", "group");
        stage.run(300 * MILLI);
        long epoch = 1;
        for (int turn = 0; turn < 6; turn++) {
            give(stage, turn % 2 == 0 ? "ann" : "bob", epoch++);
            stage.run(500 * MILLI);
        }

        ReceivedStream stream = listener.stream(SLOT + 3);
        assertContinuous(stream);
        assertThat(stream.count()).isBetween(140, 152);
        assertThat(talkers(stream)).containsExactly(1, 2, 1, 2, 1, 2);
        assertTalkspurtsAreMarked(stream);
    }

    @Test
    void silenceBetweenTalkersIsToldByTheTimestamps() {
        var stage = group();
        terminal(stage, "ann", 1, 0);
        terminal(stage, "bob", 2, 0);
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 1);
        stage.run(500 * MILLI);
        stage.everyLoop(relay -> relay.clearFloor(GROUP, 2));
        stage.run(2 * SECOND);
        give(stage, "bob", 3);
        stage.run(500 * MILLI);

        ReceivedStream stream = listener.stream(SLOT + 3);
        assertContinuous(stream);
        int widest = 0;
        Integer before = null;
        for (RtpBytes packet : stream.packets()) {
            widest = before == null ? 0 : Math.max(widest, packet.timestamp() - before);
            before = packet.timestamp();
        }
        assertThat(widest).isBetween(2 * 48_000, 2 * 48_000 + 2_000);
    }

    @Test
    void whoDoesNotHoldTheFloorIsNotHeardAndCounted() {
        var stage = group();
        terminal(stage, "ann", 1, 0);
        terminal(stage, "bob", 2, 0);
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 1);
        stage.run(300 * MILLI);
        give(stage, "bob", 2);
        stage.run(300 * MILLI);

        assertThat(talkers(listener.stream(SLOT + 3))).containsExactly(1, 2);
        assertThat(stage.relay().counters().droppedTotal(DropReason.NO_FLOOR)).isBetween(13L, 17L);
    }

    @Test
    void aLateWordOfAnOldArbiterDoesNotOpenTheFloorAgain() {
        var stage = group();
        terminal(stage, "ann", 1, 0);
        terminal(stage, "bob", 2, 0);
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 5);
        stage.run(200 * MILLI);
        give(stage, "bob", 4);
        stage.run(200 * MILLI);
        stage.everyLoop(relay -> relay.clearFloor(GROUP, 4));
        stage.run(200 * MILLI);

        assertThat(talkers(listener.stream(SLOT + 3))).containsExactly(1);
        assertThat(listener.stream(SLOT + 3).count()).isGreaterThan(27);
    }

    @Test
    void aTalkerDoesNotHearItself() {
        var stage = group();
        var ann = terminal(stage, "ann", 1, 0);
        var bob = terminal(stage, "bob", 2, 0);
        ann.attach("l", "group");
        bob.attach("l", "group");
        long epoch = 1;
        for (int turn = 0; turn < 4; turn++) {
            give(stage, turn % 2 == 0 ? "ann" : "bob", epoch++);
            stage.run(400 * MILLI);
        }

        assertThat(talkers(ann.stream(SLOT + 1))).containsOnly(2);
        assertThat(talkers(bob.stream(SLOT + 2))).containsOnly(1);
        assertContinuous(ann.stream(SLOT + 1));
        assertContinuous(bob.stream(SLOT + 2));
    }

    @Test
    void theTalkersLoudnessReachesTheListeners() {
        var stage = group();
        terminal(stage, "ann", 1, 0);
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 1);
        stage.run(200 * MILLI);

        assertThat(listener.stream(SLOT + 3).packets())
                .isNotEmpty()
                .allMatch(packet ->
                        Objects.requireNonNull(packet.extensions().get(1))[0]
                                == (byte) (0x80 | 30));
    }

    @Test
    void aMutedMicrophoneIsNobodyTalking() {
        var talk = new TalkStage(1);
        var ann = talk.terminal("ann", 1, 0);
        ann.microphone().setLoudness(127);
        ann.key(true);
        talk.run(2 * SECOND);
        assertThat(talk.stage.events).noneMatch(TalkGroupTest::isOfTheSource);
        ann.microphone().setLoudness(50);
        talk.run(1_100 * MILLI);
        ann.microphone().setLoudness(127);
        talk.run(2 * SECOND);

        var source = new SourceId("ann");
        assertThat(talk.stage.events.stream().filter(TalkGroupTest::isOfTheSource))
                .containsExactly(
                        new RelayEvent.SourceStarted(new LegId("ann"), source),
                        new RelayEvent.SourceActive(source),
                        new RelayEvent.SourceActive(source),
                        new RelayEvent.SourceStalled(source));
    }

    private static boolean isOfTheSource(RelayEvent event) {
        return event instanceof RelayEvent.SourceStarted
                || event instanceof RelayEvent.SourceActive
                || event instanceof RelayEvent.SourceStalled;
    }

    @Test
    void aTalkerMayPublishAfterItWasGivenTheFloor() {
        var stage = group();
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 1);
        stage.run(200 * MILLI);
        terminal(stage, "ann", 1, 0);
        stage.run(300 * MILLI);

        assertThat(talkers(listener.stream(SLOT + 3))).containsExactly(1);
    }

    @Test
    void aDirectListenerAndTheGroupHearTheSameVoice() {
        var stage = group();
        terminal(stage, "ann", 1, 0);
        var direct = terminal(stage, "desk", 4, 0);
        direct.attach("l", "ann");
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        stage.run(300 * MILLI);
        give(stage, "ann", 1);
        stage.run(300 * MILLI);

        assertContinuous(direct.stream(SLOT + 4));
        assertThat(direct.stream(SLOT + 4).count()).isGreaterThan(27);
        assertThat(listener.stream(SLOT + 3).count()).isBetween(13, 17);
    }

    @Test
    void closingTheChannelSilencesItAndLeavesNothingBehind() {
        var stage = group();
        var ann = terminal(stage, "ann", 1, 0);
        var listener = terminal(stage, "room", 3, 0);
        listener.attach("l", "group");
        give(stage, "ann", 1);
        stage.run(200 * MILLI);
        stage.everyLoop(relay -> relay.closeChannel(GROUP));
        int heard = listener.stream(SLOT + 3).count();
        stage.run(200 * MILLI);
        assertThat(listener.stream(SLOT + 3).count()).isEqualTo(heard);

        listener.close();
        ann.close();
        assertThat(stage.relay().legs()).isZero();
        assertThat(stage.relay().sourceStats(new SourceId("ann"), stage.now())).isNull();
    }

    private static Stage group() {
        var stage = new Stage(7);
        stage.everyLoop(relay -> relay.openChannel(GROUP));
        return stage;
    }

    private static void give(Stage stage, String talker, long epoch) {
        stage.give(GROUP, talker, epoch, stage.now());
    }

    private static Stage.Peer terminal(Stage stage, String name, int number, int loop) {
        var peer =
                stage.open(
                        name,
                        loop,
                        Weather.CALM,
                        Map.of("m", name),
                        Sections.sending("m", MediaKind.AUDIO, number * 10, 0, Sections.opus(111)),
                        Sections.receiving(
                                "l", MediaKind.AUDIO, SLOT + number, 0, Sections.opus(109)));
        peer.connect();
        peer.publishing(
                new SimulatedPublisher(
                        false, number, number * 10, 0, number * 21_000 & 0xffff, number * -77_777));
        return peer;
    }

    private static int talker(RtpBytes packet) {
        return Voice.read(packet.payload()).speaker();
    }

    /// Who was heard, turn by turn.
    private static List<Integer> talkers(ReceivedStream stream) {
        var turns = new java.util.ArrayList<Integer>();
        for (RtpBytes packet : stream.packets()) {
            if (turns.isEmpty() || turns.getLast() != talker(packet)) {
                turns.add(talker(packet));
            }
        }
        return turns;
    }

    private static void assertTalkspurtsAreMarked(ReceivedStream stream) {
        int before = 0;
        for (RtpBytes packet : stream.packets()) {
            assertThat(packet.marker()).isEqualTo(talker(packet) != before);
            before = talker(packet);
        }
    }

    private static void assertContinuous(ReceivedStream stream) {
        assertThat(stream.count()).isPositive();
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(stream.doubles()).isZero();
        assertThat(stream.packets()).allMatch(packet -> packet.payloadType() == 109);
    }
}
