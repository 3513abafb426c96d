package org.maplebridge.media.link;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RelayEvent.FloorFinished;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.link.TwoNodes.Node;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;

/// A talk group whose talker is on one node and whose listeners are on both: each node has the
/// group's gate, and the talker's voice comes over the link.
class LinkedTalkTest {
    private static final SourceId GROUP = new SourceId("group");
    private static final int SLOT = 0xa0d1;

    private final TwoNodes nodes = new TwoNodes(31).connect();
    private final Stage.Peer here = listener(nodes.a, "here");
    private final Stage.Peer there = listener(nodes.b, "there");

    @ParameterizedTest(name = "grant after {0} ms")
    @ValueSource(ints = {20, 180, 700})
    void theOtherNodesListenerHearsAllFromTheFirstWord(int grantMillis) {
        var ann = talker("ann", 1);
        nodes.a.attach("a0", "ann");
        nodes.run(SECOND);
        long keyDown = nodes.now();
        ann.setTalking(true);
        nodes.run(grantMillis * MILLI);
        give(1, keyDown);
        nodes.run(600 * MILLI);
        ann.setTalking(false);
        nodes.run(100 * MILLI);

        assertThat(words(here)).isEqualTo(all(1, ann.frames())).hasSizeGreaterThan(30);
        assertThat(words(there)).isEqualTo(all(1, ann.frames()));
        assertThat(there.stream(SLOT).stepsBack()).isEmpty();
    }

    @Test
    void aVoiceAttachedOnlyWhenItsKeyIsDownIsHeardFromTheFirstWordToo() {
        var ann = talker("ann", 1);
        nodes.run(SECOND);
        long keyDown = nodes.now();
        ann.setTalking(true);
        nodes.run(150 * MILLI);
        nodes.a.attachSince("a0", "ann", keyDown);
        nodes.run(50 * MILLI);
        give(1, keyDown);
        nodes.run(600 * MILLI);
        ann.setTalking(false);
        nodes.run(100 * MILLI);

        assertThat(words(there)).isEqualTo(all(1, ann.frames())).hasSizeGreaterThan(30);
    }

    @Test
    void nobodyHearsAStaleEpoch() {
        var ann = talker("ann", 1);
        nodes.a.attach("a0", "ann");
        var bob = talker("bob", 2);
        nodes.a.attach("a1", "bob");
        nodes.run(SECOND);
        give(nodes.a, "ann", 5, nodes.now());
        give(nodes.b, "far-a0", 5, nodes.now());
        give(nodes.a, "bob", 4, nodes.now());
        give(nodes.b, "far-a1", 4, nodes.now());
        ann.setTalking(true);
        bob.setTalking(true);
        nodes.run(500 * MILLI);

        for (Stage.Peer listener : List.of(here, there)) {
            assertThat(words(listener)).hasSizeGreaterThan(20).allMatch(w -> w.speaker() == 1);
        }
    }

    @Test
    void theFloorIsFinishedOnBothNodesWhenTheLastWordIsThrough() {
        var ann = talker("ann", 1);
        nodes.a.attach("a0", "ann");
        nodes.run(SECOND);
        long keyDown = nodes.now();
        ann.setTalking(true);
        give(1, keyDown);
        nodes.run(500 * MILLI);
        ann.setTalking(false);
        nodes.a.stage.finish(GROUP, 1);
        nodes.b.stage.finish(GROUP, 1);
        nodes.run(500 * MILLI);

        assertThat(nodes.a.events(FloorFinished.class)).hasSize(1);
        assertThat(nodes.b.events(FloorFinished.class)).hasSize(1);
        assertThat(words(there)).isEqualTo(all(1, ann.frames()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void voiceLostOnTheLinkIsRepaired(long seed) {
        var lossy = new TwoNodes(seed).connect();
        lossy.weather(Weather.losing(0.05));
        var ann = talker(lossy.a, "ann", 1);
        lossy.a.attach("a0", "ann");
        var ear = ear(lossy.b, "ear");
        ear.attach("l", "far-a0");
        lossy.run(SECOND);
        ann.setTalking(true);
        lossy.run(10 * SECOND);
        ann.setTalking(false);
        lossy.run(500 * MILLI);

        List<Voice> heard = words(ear);
        assertThat(heard.size()).isGreaterThanOrEqualTo(ann.frames() - 2); // the very last ones
        assertThat(heard).isSortedAccordingTo((x, y) -> x.number() - y.number());
        long latest =
                ear.stream(SLOT).bySeq().values().stream()
                        .mapToLong(arrival ->
                                arrival.atNanos()
                                        - ann.sentNanos(
                                                Voice.read(arrival.packet().payload()).number()))
                        .max()
                        .orElseThrow();
        assertThat(latest / MILLI).isLessThan(200);
    }

    @Test
    void fortyVoicesAtOnceAreReportedAndHeard() {
        // More than one report holds (RFC 3550 §6.4.2): their blocks go in two.
        for (int i = 0; i < TwoNodes.VOICES; i++) {
            talker("v" + i, 10 + i).setTalking(true);
            nodes.a.attach("a" + i, "v" + i);
        }
        nodes.run(3 * SECOND);

        for (int i = 0; i < TwoNodes.VOICES; i++) {
            var source = new SourceId("far-a" + i);
            var stats = requireNonNull(nodes.b.stage.relay().sourceStats(source, nodes.now()));
            assertThat(stats.packets()).isGreaterThan(140);
        }
        var link = requireNonNull(nodes.a.stage.relay().legStats(TwoNodes.LINK, nodes.now()));
        assertThat(link.slots().getLast().roundTripMillis()).isBetween(1.0, 10.0);
    }

    private void give(long epoch, long sinceNanos) {
        give(nodes.a, "ann", epoch, sinceNanos);
        give(nodes.b, "far-a0", epoch, sinceNanos);
    }

    private static void give(Node node, String talker, long epoch, long sinceNanos) {
        node.stage.give(GROUP, talker, epoch, sinceNanos);
    }

    private SimulatedPublisher talker(String name, int number) {
        return talker(nodes.a, name, number);
    }

    private static SimulatedPublisher talker(Node node, String name, int number) {
        var peer =
                node.stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("m", name),
                        Sections.sending("m", MediaKind.AUDIO, number * 10, 0, Sections.opus(111)));
        peer.connect();
        var microphone =
                new SimulatedPublisher(
                        false, number, number * 10, 0, number * 21_000 & 0xffff, -77_777);
        microphone.setTalking(false);
        return peer.publishing(microphone);
    }

    private static Stage.Peer listener(Node node, String name) {
        node.stage.everyLoop(relay -> relay.openChannel(GROUP));
        var peer = ear(node, name);
        peer.attach("l", GROUP.value());
        return peer;
    }

    private static Stage.Peer ear(Node node, String name) {
        var peer =
                node.stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving("l", MediaKind.AUDIO, SLOT, 0, Sections.opus(109)));
        peer.connect();
        return peer;
    }

    private static List<Voice> words(Stage.Peer listener) {
        return listener.stream(SLOT).packets().stream()
                .map(packet -> Voice.read(packet.payload()))
                .toList();
    }

    private static List<Voice> all(int speaker, int count) {
        return IntStream.range(0, count).mapToObj(number -> new Voice(speaker, number)).toList();
    }
}
