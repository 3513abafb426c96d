package org.maplebridge.media.finish.time;

import java.util.ArrayList;
import java.util.List;

/// Which moment belongs to which timestamp of one stretch of a stream. By the publisher's reports,
/// between two of them in a straight line; without any, by the packets that were quickest on their
/// way.
///
/// Pure. Thread: confined to its finishing.
public final class StreamClock {
    private static final long NTP_ERA_SECONDS = 2_208_988_800L;
    private static final long PACKET_WINDOW_NANOS = 2_000_000_000L;

    /// Two reports this far apart tell how fast the stream's clock really is.
    private static final long LONG_NANOS = 10_000_000_000L;

    /// No clock is that wrong; a report that says so is.
    private static final double MOST_DRIFT = 0.02;

    private record Report(long ticks, long arrivalNanos, long theirsNanos) {}

    private record Anchor(long ticks, long nanos) {}

    private final Publishers publishers;
    private final String publisher;
    private final int clockRate;
    private final List<Report> reports = new ArrayList<>();
    private final List<Anchor> packets = new ArrayList<>();
    private long packetWindow = Long.MIN_VALUE;
    private List<Anchor> anchors = List.of();
    private double nanosPerTick;

    public StreamClock(Publishers publishers, String publisher, int clockRate) {
        this.publishers = publishers;
        this.publisher = publisher;
        this.clockRate = clockRate;
    }

    public void reported(long ticks, long ntpTime, long arrivalNanos) {
        long theirs = nanosSince1970(ntpTime);
        reports.add(new Report(ticks, arrivalNanos, theirs));
        publishers.reported(publisher, arrivalNanos, theirs);
    }

    public void arrived(long ticks, long arrivalNanos) {
        long window = Math.floorDiv(arrivalNanos, PACKET_WINDOW_NANOS);
        var anchor = new Anchor(ticks, arrivalNanos);
        if (window != packetWindow) {
            packetWindow = window;
            packets.add(anchor);
        } else if (delay(anchor) < delay(packets.getLast())) {
            packets.set(packets.size() - 1, anchor);
        }
    }

    private double delay(Anchor anchor) {
        return anchor.nanos - anchor.ticks * (1e9 / clockRate);
    }

    /// To be called once all reports of all streams are in.
    public void settle() {
        var found = new ArrayList<Anchor>();
        for (Report report : reports) {
            long nanos = publishers.ours(publisher, report.arrivalNanos(), report.theirsNanos());
            add(found, new Anchor(report.ticks(), nanos));
        }
        if (found.isEmpty()) {
            packets.forEach(anchor -> add(found, anchor));
        }
        anchors = found;
        nanosPerTick = 1e9 / clockRate;
        if (!found.isEmpty()) {
            Anchor first = found.getFirst();
            Anchor last = found.getLast();
            if (last.nanos() - first.nanos() >= LONG_NANOS) {
                nanosPerTick =
                        (double) (last.nanos() - first.nanos()) / (last.ticks() - first.ticks());
            }
        }
    }

    private void add(List<Anchor> to, Anchor next) {
        if (!to.isEmpty()) {
            long ticks = next.ticks() - to.getLast().ticks();
            double expected = ticks * (1e9 / clockRate);
            double off = Math.abs(next.nanos() - to.getLast().nanos() - expected);
            if (ticks <= 0 || off > 0.05 * 1e9 + MOST_DRIFT * expected) {
                return;
            }
        }
        to.add(next);
    }

    /// On our wall clock, in nanoseconds since 1970.
    public long nanosAt(long ticks) {
        if (anchors.isEmpty()) {
            throw new IllegalStateException("nothing is known of this stretch");
        }
        int low = 0;
        int high = anchors.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (anchors.get(middle).ticks() <= ticks) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Anchor from = anchors.get(low);
        double slope = nanosPerTick;
        if (low + 1 < anchors.size() && ticks >= from.ticks()) {
            Anchor to = anchors.get(low + 1);
            slope = (double) (to.nanos() - from.nanos()) / (to.ticks() - from.ticks());
        }
        return from.nanos() + Math.round((ticks - from.ticks()) * slope);
    }

    static long nanosSince1970(long ntpTime) {
        long fraction = ((ntpTime & 0xffff_ffffL) * 1_000_000_000L + 0x8000_0000L) >>> 32;
        return ((ntpTime >>> 32) - NTP_ERA_SECONDS) * 1_000_000_000L + fraction;
    }
}
