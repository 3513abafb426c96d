package org.maplebridge.media.forward;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.DropReason;

/// A talk group's voice: lets one talker through at a time and makes one continuous stream of all
/// of them, so that a grant costs the listeners nothing.
///
/// Every loop with listeners keeps a channel of its own; a listener is on one loop alone, so the
/// numbers of two loops need not agree.
///
/// Thread: its media loop.
public final class Channel {
    private final Line line;
    private @Nullable Line holder;
    private long epoch = Long.MIN_VALUE;
    private @Nullable Continuity numbers;
    private boolean talking;

    /// @param line what listeners are attached to
    public Channel(Line line) {
        this.line = line;
    }

    /// Lets `talker` in and everybody else out.
    ///
    /// @param talkerExit the talker's own slots, which stay silent; null when they are elsewhere
    /// @return false when the arbiter's word is out of date
    public boolean give(Line talker, @Nullable SlotExit talkerExit, long newEpoch) {
        if (newEpoch < epoch) {
            return false;
        }
        epoch = newEpoch;
        line.setTalker(talkerExit);
        if (holder != talker) {
            holder = talker;
            talking = false;
        }
        return true;
    }

    /// Lets nobody in.
    ///
    /// @return false when the arbiter's word is out of date
    public boolean clear(long newEpoch) {
        if (newEpoch < epoch) {
            return false;
        }
        epoch = newEpoch;
        silence();
        return true;
    }

    /// The holder's stream ended.
    public void silence() {
        holder = null;
        talking = false;
        line.setTalker(null);
    }

    /// Lets a packet of the holder's line through.
    ///
    /// @return 0, or the code of a drop reason
    public int pass(MediaPacket packet, MediaKind kind, long nowNanos) {
        boolean first = !talking;
        if (first && kind == MediaKind.VIDEO && !packet.startsKeyFrame) {
            return DropReason.AWAITING_KEY_FRAME.code();
        }
        Continuity before = numbers;
        Continuity current = first || before == null ? beginTalk(packet, kind, nowNanos) : before;
        int stretch = current.stretchOf(packet.seq);
        if (stretch == Continuity.NONE) {
            return DropReason.OUT_OF_RANGE.code();
        }
        long seq = current.seq(stretch, packet.seq);
        if (!line.takes(seq)) {
            return DropReason.DUPLICATE.code();
        }
        MediaPacket copy = line.pool().take(packet.payloadLength);
        copy.copyContent(packet);
        copy.seq = seq;
        copy.timestamp = current.timestamp(stretch, packet.timestamp);
        copy.marker = packet.marker || first && kind == MediaKind.AUDIO;
        current.passed(seq, copy.timestamp, nowNanos);
        line.append(copy);
        return 0;
    }

    private Continuity beginTalk(MediaPacket packet, MediaKind kind, long nowNanos) {
        Continuity fresh = line.feed(kind, packet.format.clockRate());
        fresh.begin(packet.seq, packet.timestamp, 1, nowNanos);
        numbers = fresh;
        talking = true;
        return fresh;
    }

    /// The talker's clock told in the channel's timestamps.
    public void followClock() {
        Line from = holder;
        Continuity current = numbers;
        if (from == null || current == null || !talking || !from.clock().known()) {
            line.clock().forget();
            return;
        }
        SenderClock clock = from.clock();
        line.clock().set(clock.atNanos(), current.timestamp(current.newest(), clock.timestamp()));
    }

    public Line line() {
        return line;
    }

    public @Nullable Line holder() {
        return holder;
    }

    public long epoch() {
        return epoch;
    }
}
