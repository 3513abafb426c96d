package org.maplebridge.media.finish.time;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The wall clocks of all publishers of the recordings at hand: first told of every report, then
/// asked.
///
/// Pure. Thread: confined to its finishing.
public final class Publishers {
    /// A report's way is never that long: whoever says so has set the clock meanwhile.
    static final long BELIEVED_NANOS = 5_000_000_000L;

    private final Map<String, List<ClockOffsets.Point>> reports = new HashMap<>();
    private final Map<String, ClockOffsets> offsets = new HashMap<>();

    void reported(String publisher, long arrivalNanos, long theirsNanos) {
        reports.computeIfAbsent(publisher, _ -> new ArrayList<>())
                .add(new ClockOffsets.Point(arrivalNanos, theirsNanos));
    }

    /// A moment of the publisher's clock on ours.
    long ours(String publisher, long arrivalNanos, long theirsNanos) {
        var clock =
                offsets.computeIfAbsent(
                        publisher, name -> new ClockOffsets(reports.getOrDefault(name, List.of())));
        long ours = theirsNanos + clock.offsetAt(arrivalNanos);
        return Math.abs(arrivalNanos - ours) > BELIEVED_NANOS ? arrivalNanos : ours;
    }
}
