package org.maplebridge.media.forward;

import java.util.Comparator;

/// Which giving of a floor: its epoch, and how often that was given, since a key that was let go
/// may be pressed again at once. All loops hear of the same givings in the same order, so they
/// count the same; what one tells another of a turn is out of date once the other has counted on.
public record FloorTurn(long epoch, int count) implements Comparable<FloorTurn> {
    /// Before the first one.
    public static final FloorTurn NONE = new FloorTurn(Long.MIN_VALUE, 0);

    private static final Comparator<FloorTurn> ORDER =
            Comparator.comparingLong(FloorTurn::epoch).thenComparingInt(FloorTurn::count);

    /// The turn in which this epoch is given next.
    FloorTurn next(long nextEpoch) {
        return new FloorTurn(nextEpoch, nextEpoch == epoch ? count + 1 : 1);
    }

    public boolean isBefore(FloorTurn other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(FloorTurn other) {
        return ORDER.compare(this, other);
    }
}
