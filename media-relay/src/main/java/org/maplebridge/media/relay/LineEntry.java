package org.maplebridge.media.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Channel;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.PacketPool;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.leg.InboundSection;
import org.maplebridge.media.leg.Leg;

/// One source or channel as this loop knows it: its line, what feeds it here, who listens
/// elsewhere.
///
/// Thread: its media loop.
final class LineEntry {
    private final SourceId id;
    private final Line line;
    private final List<Channel> held = new ArrayList<>(1);
    private final int[] viewersElsewhere;

    private @Nullable Source source;
    private @Nullable Leg publisher;
    private @Nullable InboundSection section;
    private @Nullable Channel channel;
    private int awaiting;
    private int viewersTold;
    private boolean everHeld;
    private boolean keyFrameAsked;
    private long keyFrameAskedNanos;
    private long wished;
    private long wishedNanos;

    LineEntry(SourceId id, PacketPool pool, int loops) {
        this.id = id;
        this.line = new Line(id, pool);
        this.viewersElsewhere = new int[loops];
    }

    SourceId id() {
        return id;
    }

    Line line() {
        return line;
    }

    // Fed by a publisher on this loop.

    @Nullable Source source() {
        return source;
    }

    @Nullable Leg publisher() {
        return publisher;
    }

    @Nullable InboundSection section() {
        return section;
    }

    void publish(Source newSource, Leg newPublisher, InboundSection newSection) {
        line.record();
        line.taps().begin(newPublisher.id().value());
        source = newSource;
        publisher = newPublisher;
        section = newSection;
    }

    void unpublish() {
        line.record();
        line.taps().end();
        source = null;
        publisher = null;
        section = null;
    }

    // Fed by whoever holds the floor.

    @Nullable Channel channel() {
        return channel;
    }

    void setChannel(@Nullable Channel newChannel) {
        channel = newChannel;
    }

    /// The channels this source's packets go into now.
    List<Channel> held() {
        return held;
    }

    void hold(Channel newChannel) {
        if (!held.contains(newChannel)) {
            held.add(newChannel);
        }
        everHeld = true;
    }

    /// A talker that still sends after it lost the floor, and that nobody listens to directly.
    boolean lostTheFloor() {
        return everHeld && held.isEmpty() && line.slotCount() == 0 && !hasViewersElsewhere();
    }

    // Viewers on other loops.

    void setViewersElsewhere(int loop, int viewers) {
        viewersElsewhere[loop] = viewers;
    }

    int viewersOn(int loop) {
        return viewersElsewhere[loop];
    }

    int loopsWithViewers() {
        int loops = 0;
        for (int viewers : viewersElsewhere) {
            loops += viewers > 0 ? 1 : 0;
        }
        return loops;
    }

    boolean hasViewersElsewhere() {
        return loopsWithViewers() > 0;
    }

    int viewersEverywhere() {
        int sum = line.slotCount() + awaiting;
        for (int viewers : viewersElsewhere) {
            sum += viewers;
        }
        return sum;
    }

    /// A slot here is going to be fed from it, or is not any more.
    void await(int more) {
        awaiting += more;
    }

    /// Slots here, those to come, and channels here that something is done with.
    int viewersHere() {
        int viewers = line.slotCount() + awaiting;
        for (int i = 0; i < held.size(); i++) {
            viewers += held.get(i).wanted() ? 1 : 0;
        }
        return viewers;
    }

    /// @return whether the number is another than last time
    boolean tell(int viewers) {
        boolean changed = viewers != viewersTold;
        viewersTold = viewers;
        return changed;
    }

    /// Whether another loop may be bothered for a key frame again.
    boolean askElsewhere(long nowNanos, long pauseNanos) {
        if (keyFrameAsked && nowNanos - keyFrameAskedNanos < pauseNanos) {
            return false;
        }
        keyFrameAsked = true;
        keyFrameAskedNanos = nowNanos;
        return true;
    }

    /// Whether another loop is to hear what viewers here bear: when it is less than it heard, else
    /// now and then.
    boolean wishElsewhere(long bitsPerSecond, long nowNanos, long pauseNanos) {
        if (bitsPerSecond >= wished && nowNanos - wishedNanos < pauseNanos) {
            return false;
        }
        wished = bitsPerSecond;
        wishedNanos = nowNanos;
        return true;
    }

    boolean unused() {
        return source == null
                && channel == null
                && held.isEmpty()
                && line.slotCount() == 0
                && awaiting == 0
                && line.taps().isEmpty()
                && !hasViewersElsewhere();
    }
}
