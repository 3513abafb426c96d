package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.ScalableCamera;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// A camera of one node that sends several resolutions in one stream, watched at the other one: the
/// highest that comes goes there, and how its frames belong together.
class LinkedScalableCameraTest {
    private static final int LOW = 1;
    private static final int HIGH = 3;

    private final TwoNodes nodes = new TwoNodes(47).connect();
    private final ScalableCamera camera =
            new ScalableCamera(nodes.a.stage, "car", "camera0", 0x200, Weather.CALM);

    @Test
    void theHighestThatComesGoesToTheOtherNode() {
        nodes.a.attach("v0", "camera0");
        var room =
                nodes.b.stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v",
                                MediaKind.VIDEO,
                                Sections.SCALABLE_IDS,
                                1,
                                2,
                                Sections.vp9(96, 97)));
        room.connect();
        room.attach("v", "far-v0");
        ReceivedStream stream = room.stream(1);
        run(6 * SECOND);
        assertThat(stream.shown().getLast().source()).isEqualTo(HIGH);
        camera.bear(1);
        run(4 * SECOND);
        assertThat(stream.shown().getLast().source()).isEqualTo(LOW);

        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(stream.packets()).allMatch(LinkedScalableCameraTest::described);
    }

    private static boolean described(RtpBytes packet) {
        return packet.extensions().containsKey(Sections.SCALABLE_IDS.dependency());
    }

    private void run(long nanos) {
        for (long end = nodes.now() + nanos; nodes.now() < end; ) {
            nodes.run(5 * MILLI);
            camera.tick(nodes.now());
        }
    }
}
