package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.RedBytes;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;
import org.maplebridge.media.wire.DropReason;

/// Voice carries the packets before along on each hop that loses some (RFC 2198), and only there.
class RedundancyTest {
    private static final int SLOT = 0x5107;
    private static final int RED = 63;
    private static final int HOP_RED = 100;
    private static final int FRAME = 960;

    private final Stage stage = new Stage(5);

    /// Loss on the way up, packets along, how many of 3,000 are missing then; chance alone leaves
    /// the loss to the power of the packets sent.
    @ParameterizedTest(name = "{0} lost, {1} along")
    @CsvSource({
        "0.1, 0, 250, 350",
        "0.1, 1, 15, 45",
        "0.1, 2, 0, 9",
        "0.3, 0, 800, 1000",
        "0.3, 1, 210, 330",
        "0.3, 2, 50, 110"
    })
    void whatTheTalkersWayLosesIsFilledIn(double loss, int along, int fewest, int most) {
        SimulatedPublisher ann = microphone(new Weather(10 * MILLI, 0, loss, 0, 0, 0), along);
        var bob = listener("bob", Weather.CALM, Redundancy.NEVER);
        stage.run(60 * SECOND);

        ReceivedStream heard = bob.stream(SLOT);
        assertThat(heard.packets()).allMatch(packet -> packet.payloadType() == 111);
        assertThat(heard.stepsBack()).isEmpty();
        assertThat(heard.doubles()).isZero();
        assertThat(missing(heard)).isBetween(fewest, most);
        assertInOrder(heard);
        SourceStats stats = sourceStats();
        assertThat(stats.lost()).isBetween((long) missing(heard) - 3, missing(heard) + 3L);
        assertThat(stats.repaired() > 0).isEqualTo(along > 0);
        assertThat(stats.packets() + stats.lost())
                .isBetween(ann.packetsSent() - 5L, (long) ann.packetsSent());
    }

    /// Loss on the way down, how many of 3,000 are missing then.
    @ParameterizedTest(name = "{0} lost, {1}")
    @CsvSource({
        "0.1, NEVER, 250, 350",
        "0.1, AUTO, 5, 45",
        "0.1, ALWAYS, 0, 9",
        "0.3, NEVER, 800, 1000",
        "0.3, AUTO, 50, 130",
        "0.3, ALWAYS, 50, 110",
        "0, AUTO, 0, 0"
    })
    void whatTheListenersWayLosesCameAlong(
            double loss, Redundancy redundancy, int fewest, int most) {
        microphone(Weather.CALM, 0);
        var bob = listener("bob", new Weather(10 * MILLI, 0, loss, 0, 0, 0), redundancy);
        stage.run(60 * SECOND);

        ReceivedStream heard = bob.stream(SLOT);
        assertThat(missing(heard)).isBetween(fewest, most);
        assertThat(heard.stepsBack()).isEmpty();
        assertInOrder(heard);
    }

    @Test
    void bothHopsMendTheirOwnLoss() {
        microphone(new Weather(10 * MILLI, 0, 0.1, 0, 0, 0), 2);
        var bob = listener("bob", new Weather(10 * MILLI, 0, 0.1, 0, 0, 0), Redundancy.ALWAYS);
        stage.run(60 * SECOND);

        assertThat(missing(bob.stream(SLOT))).isLessThan(25);
        assertInOrder(bob.stream(SLOT));
    }

    @Test
    void aListenersLossTurnsRedundancyOnAndCalmTurnsItOff() {
        microphone(Weather.CALM, 0);
        var bob = listener("bob", Weather.CALM, Redundancy.AUTO);
        var cat = listener("cat", Weather.CALM, Redundancy.AUTO);
        stage.run(5 * SECOND);
        assertThat(redundancy(bob)).isZero();
        bob.down.setWeather(Weather.losing(0.3));
        stage.run(5 * SECOND);
        assertThat(redundancy(bob)).isEqualTo(2);
        assertThat(redundancy(cat)).isZero();
        bob.down.setWeather(Weather.CALM);
        stage.run(14 * SECOND);
        assertThat(redundancy(bob)).isZero();
        int last = bob.stream(SLOT).packets().getLast().payloadType();

        assertThat(last).isEqualTo(109);
        assertThat(types(bob)).containsExactlyInAnyOrder(109, HOP_RED);
        assertThat(types(cat)).containsExactly(109);
    }

    @Test
    void whoDidNotAgreeToRedundancyGetsPlainVoice() {
        microphone(Weather.CALM, 2);
        var old =
                stage.open(
                        "old",
                        0,
                        Weather.losing(0.3),
                        Map.of(),
                        Sections.receiving("l", MediaKind.AUDIO, SLOT, 0, Sections.opus(111)));
        old.connect();
        old.viewer().setRepairing(false);
        old.attach("l", "ann");
        stage.run(5 * SECOND);

        assertThat(old.stream(SLOT).packets())
                .isNotEmpty()
                .allMatch(packet -> packet.payloadType() == 111);
        assertInOrder(old.stream(SLOT));
    }

    @Test
    void requestsForPacketsThatHadOthersAlongAreNotAnswered() {
        microphone(Weather.CALM, 0);
        var bob = listener("bob", Weather.losing(0.1), Redundancy.ALWAYS);
        bob.viewer().setRepairing(true);
        stage.run(10 * SECOND); // the transport insists that no number is used twice

        assertThat(stage.relay().counters().retransmittedTotal()).isZero();
    }

    @Test
    void thePacketBeforeTheFirstOneOfAllCameAlong() {
        var car = leg("ann", Weather.CALM);
        var bob = listener("bob", Weather.CALM, Redundancy.NEVER);
        send(car, 500, 9_000 + 2 * FRAME, word(0, 2), word(1, 1), word(2, 0));
        send(car, 501, 9_000 + 3 * FRAME, word(1, 2), word(2, 1), word(3, 0));
        stage.run(50 * MILLI);

        assertThat(numbers(bob)).containsExactly(0, 1, 2, 3);
        assertThat(missing(bob.stream(SLOT))).isZero();
    }

    @Test
    void packetsAfterAPauseOfTheEncoderAreNotTakenForOthers() {
        var car = leg("ann", Weather.CALM);
        var bob = listener("bob", Weather.CALM, Redundancy.NEVER);
        int after = 9_000 + 10 * FRAME;
        send(car, 500, 9_000, word(0, 0));
        send(car, 501, 9_000 + FRAME, word(1, 0));
        // 502 is lost, at the timestamp after the pause; the one before the pause goes along.
        send(car, 503, after + FRAME, word(1, 10), word(2, 1), word(3, 0));
        send(car, 504, after + 2 * FRAME, word(2, 2), word(3, 1), word(4, 0));
        stage.run(50 * MILLI);

        assertThat(numbers(bob)).containsExactly(0, 1, 2, 3, 4);
        assertThat(bob.stream(SLOT).stepsBack()).isEmpty();
    }

    @Test
    void aPacketThatComesAfterItsBlockIsNotHeardTwiceAndNotCountedLost() {
        var car = leg("ann", Weather.CALM);
        var bob = listener("bob", Weather.CALM, Redundancy.NEVER);
        send(car, 500, 9_000, word(0, 0));
        send(car, 502, 9_000 + 2 * FRAME, word(1, 1), word(2, 0));
        assertThat(sourceStats().repaired()).isOne();
        send(car, 501, 9_000 + FRAME, word(0, 1), word(1, 0));
        stage.run(50 * MILLI);

        assertThat(numbers(bob)).containsExactly(0, 1, 2);
        assertThat(sourceStats().repaired()).isZero();
        assertThat(sourceStats().lost()).isZero();
    }

    @Test
    void blocksThatAreNoVoiceAreLeftAlone() {
        var car = leg("ann", Weather.CALM);
        var bob = listener("bob", Weather.CALM, Redundancy.NEVER);
        send(car, 500, 9_000, word(0, 0));
        // The block in front is too long for its time, then empty, then of another type.
        byte[] voice = new Voice(1, 1).toPayload();
        voice[0] = (byte) 0x5b;
        voice[1] = 30;
        send(car, 502, 9_000 + 2 * FRAME, new RedBytes.Block(FRAME, voice), word(2, 0));
        send(car, 504, 9_000 + 4 * FRAME, new RedBytes.Block(FRAME, new byte[0]), word(4, 0));
        var other = new RedBytes(96, List.of(word(5, 1), word(6, 0))).toPayload();
        send(car, 506, 9_000 + 6 * FRAME, other);
        stage.run(50 * MILLI);

        assertThat(numbers(bob)).containsExactly(0, 2, 4);
        assertThat(stage.relay().counters().droppedTotal(DropReason.UNKNOWN_STREAM)).isOne();
    }

    @Test
    void ownVoiceNeverComesBackAlongWithTheNextTalkers() {
        var group = new SourceId("group");
        stage.relay().openChannel(group);
        var ann = leg("ann", Weather.CALM);
        var microphone = new SimulatedPublisher(false, 1, 10, 0, 500, 9_000);
        ann.publishing(microphone);
        var bob = talker("bob", 20);
        var listener = listener("cat", Weather.CALM, Redundancy.ALWAYS);
        listener.attach("l", "group");
        bob.attach("l", "group");
        for (int turn = 1; turn <= 6; turn++) {
            stage.give(group, turn % 2 == 0 ? "ann" : "bob", turn, stage.now());
            stage.run(200 * MILLI);
        }

        assertThat(bob.stream(SLOT + 20).voices(HOP_RED).values())
                .isNotEmpty()
                .allMatch(voice -> voice.speaker() == 1);
        assertThat(missing(listener.stream(SLOT))).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBlocksNeverTurnTimeBack(long seed) {
        var random = new SplittableRandom(seed);
        var car = leg("ann", Weather.CALM);
        var bob = listener("bob", Weather.CALM, Redundancy.ALWAYS);
        int seq16 = 65_000;
        int timestamp = -50_000;
        for (int i = 0; i < 20_000; i++) {
            seq16 = seq16 + random.nextInt(4) & 0xffff;
            timestamp += random.nextInt(3) * FRAME / (1 + random.nextInt(2));
            byte[] payload = new byte[random.nextInt(120)];
            random.nextBytes(payload);
            for (int head = 0;
                    head < random.nextInt(4) * 4 && head + 4 < payload.length;
                    head += 4) {
                payload[head] = (byte) (0x80 | 111);
                payload[head + 1] = (byte) random.nextInt(64);
                payload[head + 2] &= (byte) 0xfc;
                payload[head + 3] &= 0x1f;
                payload[head + 4] = 111;
            }
            send(car, seq16, timestamp, payload);
            if (i % 50 == 0) {
                stage.run(MILLI);
            }
        }
        stage.run(100 * MILLI);

        assertThat(bob.stream(SLOT).count()).isGreaterThan(1_000);
        assertThat(bob.stream(SLOT).stepsBack()).isEmpty();
        assertThat(stage.relay().packetsKept()).isLessThanOrEqualTo(256);
    }

    private SimulatedPublisher microphone(Weather weather, int along) {
        var microphone = new SimulatedPublisher(false, 1, 10, 0, 65_000, -9_000);
        if (along > 0) {
            microphone.setRedundancy(RED, along);
        }
        return leg("ann", weather).publishing(microphone);
    }

    private Stage.Peer leg(String name, Weather weather) {
        var peer =
                stage.open(
                        name,
                        0,
                        weather,
                        Map.of("m", name),
                        Sections.sending(
                                "m",
                                MediaKind.AUDIO,
                                10,
                                0,
                                Sections.red(RED),
                                Sections.opus(111)));
        peer.connect();
        return peer;
    }

    private Stage.Peer talker(String name, int ssrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Redundancy.ALWAYS,
                        Map.of("m", name),
                        Sections.sending("m", MediaKind.AUDIO, ssrc, 0, Sections.opus(111)),
                        Sections.receiving(
                                "l",
                                MediaKind.AUDIO,
                                SLOT + ssrc,
                                0,
                                Sections.opus(109),
                                Sections.red(HOP_RED)));
        peer.connect();
        peer.publishing(new SimulatedPublisher(false, ssrc, ssrc, 0, 500, 9_000));
        return peer;
    }

    /// Knows plain voice as 109 where redundancy is possible, else as 111.
    private Stage.Peer listener(String name, Weather weather, Redundancy redundancy) {
        boolean plain = redundancy == Redundancy.NEVER;
        var peer =
                stage.open(
                        name,
                        0,
                        weather,
                        redundancy,
                        Map.of(),
                        Sections.receiving(
                                "l",
                                MediaKind.AUDIO,
                                SLOT,
                                0,
                                Sections.opus(plain ? 111 : 109),
                                Sections.red(HOP_RED)));
        peer.connect();
        peer.viewer().setRepairing(false);
        peer.attach("l", "ann");
        return peer;
    }

    private static RedBytes.Block word(int number, int framesBack) {
        return new RedBytes.Block(framesBack * FRAME, new Voice(1, number).toPayload());
    }

    private void send(Stage.Peer from, int seq16, int timestamp, RedBytes.Block... blocks) {
        send(from, seq16, timestamp, new RedBytes(111, List.of(blocks)).toPayload());
    }

    private void send(Stage.Peer from, int seq16, int timestamp, byte[] payload) {
        byte[] data = new RtpBytes(RED, false, seq16, timestamp, 10, Map.of(), payload).toBytes();
        stage.relay().onDatagram(from.path(), data, 0, data.length, stage.now(), stage.out(0));
    }

    private static List<Integer> numbers(Stage.Peer listener) {
        return listener.stream(SLOT).packets().stream()
                .map(packet -> Voice.read(packet.payload()).number())
                .toList();
    }

    private static HashSet<Integer> types(Stage.Peer listener) {
        var types = new HashSet<Integer>();
        listener.stream(SLOT).packets().forEach(packet -> types.add(packet.payloadType()));
        return types;
    }

    /// Moments between the first and the last for which no packet of voice came in any way.
    private static int missing(ReceivedStream heard) {
        var voices = heard.voices(HOP_RED);
        long span = voices.lastKey() - voices.firstKey();
        assertThat(voices.keySet()).allMatch(at -> (at - voices.firstKey()) % FRAME == 0);
        return (int) (span / FRAME) + 1 - voices.size();
    }

    private static void assertInOrder(ReceivedStream heard) {
        int before = -1;
        for (Voice voice : heard.voices(HOP_RED).values()) {
            assertThat(voice.number()).isGreaterThan(before);
            before = voice.number();
        }
    }

    private SourceStats sourceStats() {
        return Objects.requireNonNull(stage.relay().sourceStats(new SourceId("ann"), stage.now()));
    }

    private int redundancy(Stage.Peer listener) {
        LegStats stats = Objects.requireNonNull(stage.relay().legStats(listener.id, stage.now()));
        return stats.slots().getFirst().redundancy();
    }
}
