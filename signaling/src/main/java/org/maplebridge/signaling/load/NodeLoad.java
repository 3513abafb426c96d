package org.maplebridge.signaling.load;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.maplebridge.media.api.MediaRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How busy this node is, by what its media loops feel: how late their clocks strike. That sees
/// whatever takes the processor away, be it our own packets, another process or another machine
/// (steal). What the machine says of its processors is told beside it, so that the technician knows
/// whom to look at.
///
/// Thread: rounds one at a time, the rest any.
public final class NodeLoad {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLoad.class);

    private final MediaRelay relay;
    private final Supplier<long[]> lateNanos;
    private final Supplier<Optional<ProcessorTimes>> processors;
    private final LongSupplier nanos;
    private final LoadWatch watch = new LoadWatch();
    private final AtomicLong refused = new AtomicLong();
    private long[] lateBefore = {};
    private long lookedNanos;
    private Optional<ProcessorTimes> before = Optional.empty();
    private volatile LoadLevel level = LoadLevel.CALM;
    private volatile double late;
    private volatile double busy;
    private volatile double stolen;

    /// @param lateNanos of each media loop since the start; none where nobody counts
    /// @param processors absent where the system does not tell
    /// @param nanos the clock of [System#nanoTime]
    public NodeLoad(
            MediaRelay relay,
            Supplier<long[]> lateNanos,
            Supplier<Optional<ProcessorTimes>> processors,
            LongSupplier nanos) {
        this.relay = relay;
        this.lateNanos = lateNanos;
        this.processors = processors;
        this.nanos = nanos;
        lookedNanos = nanos.getAsLong();
    }

    /// To be called once a second.
    public void round() {
        long now = nanos.getAsLong();
        long passed = Math.max(1, now - lookedNanos);
        long[] totals = lateNanos.get();
        double worst = 0;
        for (int i = 0; i < totals.length; i++) {
            long more = i < lateBefore.length ? totals[i] - lateBefore[i] : 0;
            worst = Math.max(worst, (double) more / passed);
        }
        late = Math.clamp(worst, 0, 1);
        lateBefore = totals;
        lookedNanos = now;
        lookAtProcessors();
        enter(watch.look(late));
    }

    private void lookAtProcessors() {
        var times = processors.get();
        busy = times.flatMap(t -> before.map(t::busySince)).orElse(0.0);
        stolen = times.flatMap(t -> before.map(t::stolenSince)).orElse(0.0);
        before = times;
    }

    private void enter(LoadLevel now) {
        if (now == level) {
            return;
        }
        String told =
                String.format(
                        Locale.ROOT,
                        "%s after %s: media loops are late for %.0f %% of the time; processors are"
                                + " busy for %.0f %%, of that %.0f stolen",
                        now,
                        level,
                        100 * late,
                        100 * busy,
                        100 * stolen);
        if (now.compareTo(level) > 0) {
            LOG.warn("{}", told);
        } else {
            LOG.info("{}", told);
        }
        level = now;
        relay.limitPictures(now.limit());
    }

    public LoadLevel level() {
        return level;
    }

    /// Whether somebody who asks for a picture is to be told no; counts them.
    public boolean refusesPicture() {
        boolean refuses = level != LoadLevel.CALM;
        if (refuses) {
            refused.incrementAndGet();
        }
        return refuses;
    }

    /// Pictures refused so far.
    public long refused() {
        return refused.get();
    }

    /// Share of the last second in which the latest loop was late, 0 to 1.
    public double late() {
        return late;
    }

    /// Share of the last second that other machines took, 0 to 1.
    public double stolen() {
        return stolen;
    }
}
