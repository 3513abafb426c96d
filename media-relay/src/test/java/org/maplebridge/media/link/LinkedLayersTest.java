package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.LayeredCamera;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.Stage;

/// A camera of one node that sends three layers, watched at the other one: one stream goes there,
/// of the highest layer that comes and that the narrowest there bears.
class LinkedLayersTest {
    private static final int LOW = 1;
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    private final TwoNodes nodes = new TwoNodes(43).connect();
    private final LayeredCamera camera = new LayeredCamera(nodes.a.stage, "car", "camera0", 0x200);

    @Test
    void theHighestThatComesGoesToTheOtherNode() {
        nodes.a.attach("v0", "camera0");
        var room = nodes.viewer("room", 0, 100_000_000);
        run(6 * SECOND);
        assertThat(shownNow(room)).isEqualTo(HIGH);
        camera.bear(1);
        run(3 * SECOND);
        assertThat(shownNow(room)).isEqualTo(LOW);
        camera.bear(3);
        run(16 * SECOND);
        assertThat(shownNow(room)).isEqualTo(HIGH);

        ReceivedStream stream = room.stream(TwoNodes.SLOT);
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(longestGapMillis(stream)).isLessThan(1_200);
        assertThat(nodes.a.events(RelayEvent.PictureShown.class)).isEmpty();
    }

    @Test
    void whatTheNarrowestThereBearsIsALayerAndNobodyHereHasLess() {
        nodes.a.attach("v0", "camera0");
        var here =
                nodes.a.stage.open(
                        "here",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving("v", MediaKind.VIDEO, 1, 2, Sections.vp8(96, 97)));
        here.connect();
        here.attach("v", "camera0");
        var narrow = nodes.viewer("narrow", 0, 800_000);
        run(8 * SECOND);
        long settled = narrow.stream(TwoNodes.SLOT).shown().size();
        int right = 0;
        for (int i = 0; i < 30; i++) {
            run(SECOND);
            right += shownNow(narrow) == MIDDLE ? 1 : 0;
        }
        assertThat(right).as("seconds of 30").isGreaterThanOrEqualTo(22);
        assertThat(narrow.stream(TwoNodes.SLOT).shown().size() - settled).isGreaterThan(30 * 22);
        assertThat(here.stream(1).shown().getLast().source()).isEqualTo(HIGH);
        assertThat(camera.layer(2).limit()).isEqualTo(Long.MAX_VALUE);

        narrow.down.setBottleneck(new Bottleneck(100_000_000, 400 * MILLI));
        run(30 * SECOND);
        assertThat(shownNow(narrow)).isEqualTo(HIGH);
    }

    private static int shownNow(Stage.Peer peer) {
        return peer.stream(TwoNodes.SLOT).shown().getLast().source();
    }

    private static long longestGapMillis(ReceivedStream stream) {
        long longest = 0;
        long before = 0;
        for (ReceivedStream.Arrival arrival : stream.bySeq().values()) {
            longest = before == 0 ? 0 : Math.max(longest, arrival.atNanos() - before);
            before = arrival.atNanos();
        }
        return longest / MILLI;
    }

    private void run(long nanos) {
        for (long end = nodes.now() + nanos; nodes.now() < end; ) {
            camera.obey();
            nodes.run(50 * MILLI);
        }
    }
}
