package org.maplebridge.load.compare;

import java.util.ArrayList;
import java.util.List;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.measure.DelayHistogram;

/// What one contender spent on one piece of work, window by window.
///
/// Thread: the scenario's.
public final class Cell {
    private final Workload work;
    private final Contender contender;
    private final List<Double> cpuMicros = new ArrayList<>();
    private final DelayHistogram delays = new DelayHistogram();
    private long packets;
    private long missing;
    private double residentMebibytes;

    Cell(Workload work, Contender contender) {
        this.work = work;
        this.contender = contender;
    }

    void add(long cpuNanos, Fleet.Window window, double resident) {
        cpuMicros.add(cpuNanos / 1_000.0 / Math.max(window.received(), 1));
        delays.add(window.delays());
        packets += window.received();
        missing += window.missing();
        residentMebibytes = resident;
    }

    public Workload work() {
        return work;
    }

    public Contender contender() {
        return contender;
    }

    /// Processor time for a packet opened by a receiver: the median window.
    public double cpuMicros() {
        return median(cpuMicros);
    }

    /// Of each window, in the order in which they were measured.
    public List<Double> windows() {
        return List.copyOf(cpuMicros);
    }

    /// @param fraction of all packets that were at their receiver's kernel within this
    public double delayMicros(double fraction) {
        return delays.percentileMicros(fraction);
    }

    public long packets() {
        return packets;
    }

    public double lossPercent() {
        return packets == 0 ? 100 : 100.0 * missing / (packets + missing);
    }

    public double residentMebibytes() {
        return residentMebibytes;
    }

    /// Not a number when there is none.
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
