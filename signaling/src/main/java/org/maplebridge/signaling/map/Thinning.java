package org.maplebridge.signaling.map;

import java.util.ArrayList;
import java.util.List;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.telemetry.Position;

/// Fewer points of a way that look the same: what lies so near to the last kept point that nobody
/// sees it goes first, and the distance doubles until what is left is few enough. Ends stay.
///
/// Pure.
public final class Thinning {
    private static final double FIRST_METRES = 5;

    private Thinning() {}

    /// @param most at least 2
    public static List<Position> thinned(List<Position> way, int most) {
        var kept = way;
        for (double metres = FIRST_METRES; kept.size() > most; metres *= 2) {
            kept = apart(way, metres);
        }
        return kept;
    }

    private static List<Position> apart(List<Position> way, double metres) {
        var kept = new ArrayList<Position>();
        GeoPoint last = way.getFirst().point();
        kept.add(way.getFirst());
        for (var position : way.subList(1, way.size() - 1)) {
            if (position.point().metresTo(last) >= metres) {
                last = position.point();
                kept.add(position);
            }
        }
        kept.add(way.getLast());
        return kept;
    }
}
