package org.maplebridge.media.finish.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// What to add to one publisher's wall clock to get ours, as it drifts: of each half minute the
/// report that was quickest on its way, in between a straight line. All streams of a publisher
/// share it, so it cannot part them.
///
/// Pure. Thread: any once built.
final class ClockOffsets {
    static final long WINDOW_NANOS = 30_000_000_000L;

    /// @param arrivalNanos on our wall clock
    /// @param theirsNanos since 1970 on the publisher's
    record Point(long arrivalNanos, long theirsNanos) {
        long offset() {
            return arrivalNanos - theirsNanos;
        }
    }

    private final long[] at;
    private final long[] offsets;

    ClockOffsets(List<Point> reports) {
        var sorted = new ArrayList<>(reports);
        sorted.sort(Comparator.comparingLong(Point::arrivalNanos));
        var quickest = new ArrayList<Point>();
        long window = Long.MIN_VALUE;
        for (Point point : sorted) {
            long its = Math.floorDiv(point.arrivalNanos(), WINDOW_NANOS);
            if (its != window) {
                window = its;
                quickest.add(point);
            } else if (point.offset() < quickest.getLast().offset()) {
                quickest.set(quickest.size() - 1, point);
            }
        }
        at = quickest.stream().mapToLong(Point::arrivalNanos).toArray();
        offsets = quickest.stream().mapToLong(Point::offset).toArray();
    }

    long offsetAt(long arrivalNanos) {
        int found = Arrays.binarySearch(at, arrivalNanos);
        int after = found >= 0 ? found : -found - 1;
        if (after == 0) {
            return offsets[0];
        }
        if (after == at.length) {
            return offsets[at.length - 1];
        }
        double share = (double) (arrivalNanos - at[after - 1]) / (at[after] - at[after - 1]);
        return offsets[after - 1] + Math.round(share * (offsets[after] - offsets[after - 1]));
    }
}
