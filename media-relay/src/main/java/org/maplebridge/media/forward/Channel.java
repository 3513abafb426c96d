package org.maplebridge.media.forward;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.TalkTap;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.DropReason;

/// A talk group's voice: lets one talker through at a time and makes one continuous stream of all
/// of them, so that a grant costs the listeners nothing.
///
/// Every loop with listeners keeps a channel of its own; a listener is on one loop alone, so the
/// numbers of two loops need not agree.
///
/// Timestamps tell when something was said, not when it was let through: what was said before a
/// grant is dated back, and what two people said at once is told one after the other, but makes
/// nothing later than that.
///
/// Thread: its media loop.
public final class Channel {
    private final Line line;
    private @Nullable Line holder;
    private FloorTurn turn = FloorTurn.NONE;
    private @Nullable Continuity numbers;
    private boolean talking;

    /// Records the present epoch.
    private @Nullable TalkTap tap;

    private long sinceNanos;

    /// The first place of the line that is of the present epoch.
    private long epochSeq;

    /// Set while the key is up and the gate still open.
    private @Nullable TalkEnd end;

    private FloorTurn ended = FloorTurn.NONE;

    // Loops, as bits, that have not got the source of this turn's talker.
    private FloorTurn absentTurn = FloorTurn.NONE;
    private long absentAt;

    // Up to when each talker was heard: nobody hears the same word twice.
    private @Nullable SourceId heard;
    private long heardUntilNanos;
    private final Map<SourceId, Long> heardBefore = new HashMap<>();

    // The moment that belongs to the first timestamp of the talk.
    private int firstTimestamp;
    private long firstNanos;

    /// @param line what listeners are attached to
    public Channel(Line line) {
        this.line = line;
    }

    /// Begins the next turn, whoever is let in then.
    public void turn(long newEpoch) {
        if (turn.epoch() != newEpoch) {
            untap();
            epochSeq = line.head() + 1;
        }
        turn = turn.next(newEpoch);
        end = null;
    }

    /// Lets `talker` in and everybody else out.
    ///
    /// @param talkerExit the talker's own slots, which stay silent; null when they are elsewhere
    /// @param since when its key went down
    public void give(Line talker, @Nullable SlotExit talkerExit, long since) {
        sinceNanos = since;
        line.setTalker(talkerExit);
        line.setHolder(talker);
        if (holder != talker) {
            holder = talker;
            talking = false;
        }
    }

    /// Lets nobody in.
    public void clear(long newEpoch) {
        silence();
        turn = newEpoch == turn.epoch() ? turn : turn.next(newEpoch);
    }

    /// Whether the arbiter's word counts; one of an older epoch is out of date.
    public boolean accepts(long newEpoch) {
        return newEpoch >= turn.epoch();
    }

    /// Whether there is nothing to be given: a repeated word must repeat nothing else.
    public boolean isHeldBy(Line talker, long heldEpoch) {
        return holder == talker && turn.epoch() == heldEpoch;
    }

    /// Whether anything is done with what is let through on this loop.
    public boolean wanted() {
        return line.slotCount() > 0 || tap != null;
    }

    /// Lets `newTap` hear what is let through under the present epoch, beginning with what was
    /// already and is still kept.
    public void tap(TalkTap newTap) {
        tap = newTap;
        for (long seq = epochSeq; seq <= line.head(); seq++) {
            MediaPacket packet = line.packet(seq);
            if (packet != null) {
                tell(packet);
            }
        }
    }

    public boolean tapped() {
        return tap != null;
    }

    private void tell(MediaPacket packet) {
        TalkTap to = tap;
        if (to != null && packet.format.name() == CodecName.OPUS) {
            to.said(packet.seq, packet.timestamp, packet.payload, packet.payloadLength);
        }
    }

    private void untap() {
        TalkTap from = tap;
        if (from != null) {
            tap = null;
            from.over();
        }
    }

    /// Of the present epoch: when its key went down.
    public long sinceNanos() {
        return sinceNanos;
    }

    /// The talker's key is up: from now on its media tell when nothing more is to come.
    ///
    /// @return whether they have told already
    public boolean finish(long nowNanos) {
        Line from = holder;
        if (end == null) {
            end = new TalkEnd(nowNanos);
        }
        MediaPacket last = from == null ? null : from.packet(from.head());
        return last != null && last.digitalSilence();
    }

    public boolean finishing() {
        return end != null;
    }

    /// Takes note of the holder's next packet.
    ///
    /// @return whether it is the last one of a talk being finished
    public boolean endsWith(MediaPacket packet) {
        TalkEnd awaited = end;
        return awaited != null && awaited.packet(packet);
    }

    /// Whether a talk being finished is over by the clock.
    ///
    /// @param nextLookNanos when this is asked again
    public boolean over(long nowNanos, long nextLookNanos) {
        TalkEnd awaited = end;
        return awaited != null && awaited.over(nowNanos, nextLookNanos);
    }

    /// Notes a loop that was told to finish and has not got the talker's source.
    ///
    /// @return how many there are
    public int absentAt(FloorTurn finished, int loop) {
        absentAt = (absentTurn.equals(finished) ? absentAt : 0) | 1L << loop;
        absentTurn = finished;
        return Long.bitCount(absentAt);
    }

    /// Notes that a turn is finished, perhaps one that is still to begin here.
    public void ended(FloorTurn finished) {
        ended = finished;
    }

    public boolean hasEnded(FloorTurn finished) {
        return !ended.isBefore(finished);
    }

    /// The holder's stream ended.
    public void silence() {
        untap();
        holder = null;
        talking = false;
        end = null;
        line.setTalker(null);
        line.setHolder(null);
    }

    /// Lets a packet of the holder's line through.
    ///
    /// @return 0, or the code of a drop reason
    public int pass(MediaPacket packet, MediaKind kind) {
        Line from = holder;
        if (from == null) {
            return DropReason.NO_FLOOR.code();
        }
        boolean first = !talking;
        if (first && kind == MediaKind.VIDEO && !packet.startsKeyFrame) {
            return DropReason.AWAITING_KEY_FRAME.code();
        }
        if (first && wasHeard(from.id(), packet.arrivalNanos)) {
            return DropReason.DUPLICATE.code(); // the end of its talk before
        }
        Continuity before = numbers;
        Continuity current = first || before == null ? beginTalk(packet, kind) : before;
        int stretch = current.stretchOf(packet.seq);
        if (stretch == Continuity.NONE) {
            return DropReason.OUT_OF_RANGE.code();
        }
        long seq = current.seq(stretch, packet.seq);
        if (!line.takes(seq)) {
            return DropReason.DUPLICATE.code();
        }
        MediaPacket copy = line.pool().take(packet.payloadLength + packet.descriptorLength);
        copy.copyContent(packet);
        copy.seq = seq;
        copy.timestamp = current.timestamp(stretch, packet.timestamp);
        copy.marker = packet.marker || first && kind == MediaKind.AUDIO;
        current.passed(seq, copy.timestamp, momentOf(copy.timestamp, current.clockRate()));
        line.append(copy);
        tell(copy);
        noteHeard(from.id(), packet.arrivalNanos);
        return 0;
    }

    private boolean wasHeard(SourceId talker, long arrivalNanos) {
        Long until = talker.equals(heard) ? (Long) heardUntilNanos : heardBefore.get(talker);
        return until != null && arrivalNanos - until <= 0;
    }

    private void noteHeard(SourceId talker, long arrivalNanos) {
        SourceId before = heard;
        if (talker.equals(before)) {
            heardUntilNanos = Math.max(heardUntilNanos, arrivalNanos);
            return;
        }
        if (before != null) {
            heardBefore.put(before, heardUntilNanos);
            heardBefore.values().removeIf(at -> arrivalNanos - at > PreRoll.LONGEST_NANOS);
        }
        heard = talker;
        heardUntilNanos = arrivalNanos;
    }

    private Continuity beginTalk(MediaPacket packet, MediaKind kind) {
        Continuity fresh = line.feed(kind, packet.format.clockRate());
        firstNanos = fresh.beginningAt(packet.arrivalNanos);
        fresh.begin(packet.seq, packet.timestamp, 1, firstNanos);
        firstTimestamp = fresh.timestamp(fresh.newest(), packet.timestamp);
        numbers = fresh;
        talking = true;
        return fresh;
    }

    /// By the talker's own clock, so that neither its jitter nor the wait for a grant shows.
    private long momentOf(int timestamp, int clockRate) {
        return firstNanos + (timestamp - firstTimestamp) * 1_000_000_000L / clockRate;
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

    public FloorTurn turn() {
        return turn;
    }

    public long epoch() {
        return turn.epoch();
    }
}
