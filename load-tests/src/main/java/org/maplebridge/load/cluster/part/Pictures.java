package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.load.client.PictureTerminals;
import org.maplebridge.load.cluster.PictureTraveller;
import org.maplebridge.load.cluster.PictureTraveller.Role;

/// A camera at each node, each looked at at both other nodes.
///
/// Thread: the bench's.
final class Pictures {
    private static final List<String> UNITS = List.of("car2", "zeguo-car1", "daxi-car1");
    private static final String WHO_LOOKS = "city";

    private final List<PictureTraveller> cameras = new ArrayList<>();
    private final List<PictureTraveller> viewers = new ArrayList<>();

    private Pictures() {}

    static Pictures show(Stage stage) throws IOException {
        var pictures = new Pictures();
        var fleet = new PictureTerminals();
        stage.add(fleet);
        for (int node = 0; node < Stage.NODES; node++) {
            var unit = UNITS.get(node);
            pictures.cameras.add(open(stage, node, Role.PUBLISHES, unit, unit, fleet));
        }
        for (int away = 1; away < Stage.NODES; away++) {
            for (int node = 0; node < Stage.NODES; node++) {
                int there = (node + away) % Stage.NODES;
                var unit = UNITS.get(node);
                pictures.viewers.add(open(stage, there, Role.PLAYS, unit, WHO_LOOKS, fleet));
            }
        }
        return pictures;
    }

    private static PictureTraveller open(
            Stage stage, int node, Role role, String unit, String account, PictureTerminals fleet)
            throws IOException {
        var one = new PictureTraveller(stage.nodes(), node, role, unit, account, fleet);
        stage.add(one);
        return one;
    }

    /// The longest time without a picture of each viewer.
    ///
    /// @param fromNanos since 1970, as the other
    List<Double> gaps(long fromNanos, long untilNanos) {
        return viewers.stream().map(one -> one.longestGapMillis(fromNanos, untilNanos)).toList();
    }

    /// Whose picture each viewer sees and where both are, in the order of [#gaps].
    List<String> places() {
        return viewers.stream()
                .map(viewer -> viewer.unit() + "@" + camera(viewer.unit()) + " at " + viewer.at())
                .toList();
    }

    /// What each has got where it is, in the order of [#gaps].
    List<String> states() {
        return viewers.stream().map(PictureTraveller::state).toList();
    }

    private int camera(String unit) {
        return cameras.get(UNITS.indexOf(unit)).at();
    }

    /// Everybody goes back to where it was at first.
    void goHome() {
        cameras.forEach(PictureTraveller::goHome);
        viewers.forEach(PictureTraveller::goHome);
    }
}
