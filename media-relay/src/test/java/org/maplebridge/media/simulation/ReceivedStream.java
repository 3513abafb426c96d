package org.maplebridge.media.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything that came for one slot, in the order of its numbers.
///
/// Thread: the test's.
public final class ReceivedStream {
    /// @param atNanos when it came
    /// @param repaired whether it came by retransmission
    public record Arrival(RtpBytes packet, long atNanos, boolean repaired) {}

    /// @param nowNanos when the report came
    public record Report(long ntpTime, int timestamp, long nowNanos) {}

    private final TreeMap<Long, Arrival> bySeq = new TreeMap<>();
    private final List<Report> reports = new ArrayList<>();
    private long highest = -1;
    private int doubles;
    private int expectedAtReport;
    private int receivedAtReport;
    private int repaired;

    void take(RtpBytes packet, boolean retransmitted, long nowNanos) {
        long seq =
                highest < 0
                        ? 0x10000 + packet.seq16()
                        : highest + (short) (packet.seq16() - (int) highest);
        highest = Math.max(highest, seq);
        Arrival before = bySeq.putIfAbsent(seq, new Arrival(packet, nowNanos, retransmitted));
        if (before != null) {
            doubles++;
        } else if (retransmitted) {
            repaired++;
        }
    }

    /// Voice by its timestamp, counted from the first packet's: what came by itself, and what came
    /// along with a later packet.
    ///
    /// @param redundantType by which the latter is known
    public TreeMap<Long, Voice> voices(int redundantType) {
        var voices = new TreeMap<Long, Voice>();
        Integer first = null;
        for (RtpBytes packet : packets()) {
            first = first == null ? packet.timestamp() : first;
            long at = packet.timestamp() - first;
            if (packet.payloadType() != redundantType) {
                voices.put(at, Voice.read(packet.payload()));
                continue;
            }
            for (RedBytes.Block block : RedBytes.parse(packet.payload()).blocks()) {
                Voice voice = Voice.read(block.payload());
                Voice before = voices.put(at - block.ticksBack(), voice);
                if (before != null && !before.equals(voice)) {
                    throw new AssertionError("two words at the same moment");
                }
            }
        }
        return voices;
    }

    /// Of 256, since the last call (RFC 3550 §A.3).
    int fractionLost() {
        int expected = bySeq.isEmpty() ? 0 : (int) (highest - bySeq.firstKey()) + 1;
        int expectedNow = expected - expectedAtReport;
        int lostNow = expectedNow - (bySeq.size() - receivedAtReport);
        expectedAtReport = expected;
        receivedAtReport = bySeq.size();
        return expectedNow <= 0 || lostNow <= 0 ? 0 : Math.min(255, lostNow * 256 / expectedNow);
    }

    void report(Report report) {
        reports.add(report);
    }

    public List<Report> reports() {
        return reports;
    }

    public TreeMap<Long, Arrival> bySeq() {
        return bySeq;
    }

    public List<RtpBytes> packets() {
        return bySeq.values().stream().map(Arrival::packet).toList();
    }

    public int count() {
        return bySeq.size();
    }

    public int doubles() {
        return doubles;
    }

    public int repaired() {
        return repaired;
    }

    /// Numbers between the first and the last that never came.
    public List<Long> holes() {
        var holes = new ArrayList<Long>();
        if (!bySeq.isEmpty()) {
            for (long seq = bySeq.firstKey(); seq < bySeq.lastKey(); seq++) {
                if (!bySeq.containsKey(seq)) {
                    holes.add(seq);
                }
            }
        }
        return holes;
    }

    /// Where, in order of numbers, a timestamp is behind the one before.
    public List<Long> stepsBack() {
        var steps = new ArrayList<Long>();
        Integer last = null;
        for (Map.Entry<Long, Arrival> entry : bySeq.entrySet()) {
            int timestamp = entry.getValue().packet().timestamp();
            if (last != null && timestamp - last < 0) {
                steps.add(entry.getKey());
            }
            last = timestamp;
        }
        return steps;
    }

    /// Pictures that are whole and follow a whole key frame without a gap of their source.
    public List<Pictures.Part> shown() {
        var shown = new ArrayList<Pictures.Part>();
        int source = -1;
        int nextFrame = -1;
        int parts = 0;
        for (RtpBytes packet : packets()) {
            if (packet.payload().length == 0) {
                continue; // says only that nothing is missing
            }
            Pictures.Part part = Pictures.read(packet.payload());
            parts = part.part() == 0 ? 1 : parts + 1;
            if (parts != part.part() + 1 || part.part() != part.parts() - 1) {
                continue;
            }
            boolean follows = part.source() == source && part.frame() == nextFrame;
            if (part.key() || follows) {
                shown.add(part);
                source = part.source();
                nextFrame = part.frame() + 1;
            }
        }
        return shown;
    }
}
