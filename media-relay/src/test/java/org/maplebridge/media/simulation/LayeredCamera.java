package org.maplebridge.media.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// A camera that sends three simulcast layers, and rests those of which its relay says that nobody
/// watches them, as pages do.
///
/// Thread: the test's.
public final class LayeredCamera {
    public static final List<String> RIDS = List.of("q", "h", "f");
    private static final long[] BITS = {150_000, 450_000, 1_700_000};

    private final Stage stage;
    private final String source;
    private final Stage.Peer peer;
    private final List<SimulatedPublisher> layers = new ArrayList<>();

    /// How many layers the uplink bears, from the lowest.
    private int bears = RIDS.size();

    public LayeredCamera(Stage stage, String name, String source, int firstSsrc) {
        this.stage = stage;
        this.source = source;
        peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("0", source),
                        Sections.layered("0", RIDS, Sections.vp8(96, 97)));
        for (int i = 0; i < RIDS.size(); i++) {
            int ssrc = firstSsrc + 16 * i;
            layers.add(
                    peer.publishing(
                            new SimulatedPublisher(true, i + 1, ssrc, ssrc + 1, 100 + i, 5 + i)
                                    .encodingAt(BITS[i])
                                    .layer("0", RIDS.get(i))));
        }
        peer.connect();
    }

    public Stage.Peer peer() {
        return peer;
    }

    public SimulatedPublisher layer(int index) {
        return layers.get(index);
    }

    public void bear(int count) {
        bears = count;
    }

    /// Does as it is told. To be called every 50 ms or so.
    public void obey() {
        List<String> rids = wanted();
        for (int i = 0; i < RIDS.size(); i++) {
            layers.get(i).setActive(i < bears && rids.contains(RIDS.get(i)));
        }
    }

    /// What the relay said last.
    public List<String> wanted() {
        List<String> last = RIDS;
        for (RelayEvent event : stage.events) {
            if (event instanceof RelayEvent.LayersWanted wanted
                    && wanted.source().value().equals(source)) {
                last = wanted.rids();
            }
        }
        return last;
    }
}
