package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;

/// Cameras of one node send what viewers of the other one bear, each camera for its own.
class LinkedRatesTest {
    private final TwoNodes nodes = new TwoNodes(41).connect();

    @Test
    void aNarrowViewerOfTheOtherNodeLowersItsOwnCameraOnly() {
        var watched = camera(0);
        var other = camera(1);
        var narrow = nodes.viewer("narrow", 0, 1_000_000);
        nodes.viewer("wide", 1, 100_000_000);
        nodes.run(10 * SECOND);

        assertThat(watched.limit()).isBetween(300_000L, 1_000_000L);
        assertThat(other.limit()).isEqualTo(Long.MAX_VALUE);
        int before = narrow.stream(TwoNodes.SLOT).shown().size();
        nodes.run(10 * SECOND);
        assertThat(narrow.stream(TwoNodes.SLOT).shown().size() - before).isGreaterThan(10 * 24);

        narrow.down.setBottleneck(new Bottleneck(100_000_000, 400 * MILLI));
        nodes.run(15 * SECOND);
        assertThat(watched.limit()).isGreaterThanOrEqualTo(2_000_000);
    }

    @Test
    void aNarrowLinkLetsVoiceThroughAndAsksItsCamerasForLess() {
        var camera = camera(0);
        nodes.viewer("room", 0, 100_000_000);
        nodes.a.out.setBottleneck(new Bottleneck(1_200_000, 400 * MILLI));
        nodes.run(15 * SECOND);

        assertThat(camera.limit()).isBetween(300_000L, 1_200_000L);
        var link =
                Objects.requireNonNull(nodes.a.stage.relay().legStats(TwoNodes.LINK, nodes.now()));
        assertThat(link.downlinkBitsPerSecond()).isBetween(700_000L, 1_600_000L);
        assertThat(link.slots().getFirst().state()).isEqualTo("paced");
    }

    @Test
    void theLimitEndsWithTheViewer() {
        var camera = camera(0);
        var narrow = nodes.viewer("narrow", 0, 700_000);
        nodes.run(8 * SECOND);
        assertThat(camera.limit()).isLessThan(700_000);
        narrow.close();
        nodes.run(10 * SECOND);

        assertThat(camera.limit()).isGreaterThanOrEqualTo(2_000_000);
    }

    private SimulatedPublisher camera(int section) {
        int ssrc = 0x100 + 16 * section;
        var peer =
                nodes.a.stage.open(
                        "car" + section,
                        0,
                        Weather.CALM,
                        Map.of("0", "camera" + section),
                        Sections.sending(
                                "0", MediaKind.VIDEO, ssrc, ssrc + 1, Sections.vp8(96, 97)));
        peer.connect();
        nodes.a.attach("v" + section, "camera" + section);
        return peer.publishing(
                new SimulatedPublisher(true, section + 1, ssrc, ssrc + 1, 100, 5)
                        .encodingAt(2_000_000));
    }
}
