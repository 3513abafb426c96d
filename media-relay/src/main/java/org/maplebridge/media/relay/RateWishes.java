package org.maplebridge.media.relay;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.leg.Leg;

/// Carries what viewers' downlinks bear to those who publish what they look at, on whichever loop.
///
/// Thread: its media loop.
final class RateWishes {
    /// Other loops hear the same wish again so often; see
    /// [org.maplebridge.media.congestion.RateAsk], which forgets it after a second.
    static final long REPEAT_NANOS = 300_000_000L;

    private final LineTable lines;
    private final LoopPort port;

    RateWishes(LineTable lines, LoopPort port) {
        this.lines = lines;
        this.port = port;
    }

    /// A viewer of `line` said what its downlink bears.
    ///
    /// @return the publisher's leg when it must be asked at once
    @Nullable Leg wish(Line line, long nowNanos) {
        LineEntry entry = lines.find(line.id());
        if (entry == null) {
            return null;
        }
        Channel channel = entry.channel();
        Line holder = channel == null ? null : channel.holder();
        if (holder != null && holder != line) {
            return wish(holder, nowNanos);
        }
        long least = leastBorne(entry);
        if (entry.source() != null) {
            return ask(entry, port.self(), least, nowNanos);
        }
        if (port.loops() > 1 && entry.wishElsewhere(least, nowNanos, REPEAT_NANOS)) {
            lines.postToOthers(new LoopMessage.RateWanted(entry.id(), port.self(), least));
        }
        return null;
    }

    /// Another loop's viewers said so.
    ///
    /// @return the publisher's leg when it must be asked at once
    @Nullable Leg wishElsewhere(LoopMessage.RateWanted wanted, long nowNanos) {
        LineEntry entry = lines.find(wanted.source());
        return entry == null ? null : ask(entry, wanted.loop(), wanted.bitsPerSecond(), nowNanos);
    }

    private static @Nullable Leg ask(LineEntry entry, int loop, long least, long nowNanos) {
        Source source = entry.source();
        if (source == null) {
            return null;
        }
        source.rateAsk().wish(loop, least, entry.viewersEverywhere(), nowNanos);
        return source.rateAsk().urgent() ? entry.publisher() : null;
    }

    private static long leastBorne(LineEntry entry) {
        long least = leastBorne(entry.line());
        for (Channel channel : entry.held()) {
            least = Math.min(least, leastBorne(channel.line()));
        }
        return least;
    }

    private static long leastBorne(Line line) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < line.slotCount(); i++) {
            least = Math.min(least, line.slot(i).bears());
        }
        return least;
    }
}
