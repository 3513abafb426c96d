package org.maplebridge.media.forward;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.congestion.Thinning;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;

/// One receive section of a subscriber: shows or plays whatever line it is attached to as one
/// continuous stream.
///
/// A picture begins with a key frame: the cached one while it is fresh, played out faster than real
/// time until it has caught up; else the next one that comes.
///
/// While its peer's downlink is paced, a picture is held: its packets stay in the line's ring until
/// the leg sends them with [#sendHeld]. What waits too long is left out up to the next key frame.
///
/// Thread: its media loop.
public final class Slot {
    /// A viewer that loses a lot asks a lot; the cache answers so often.
    static final long CATCH_UP_AGAIN_NANOS = 1_000_000_000L;

    /// A cached run that would take longer on a paced downlink: a new key frame is there as soon.
    static final long LONGEST_CATCH_UP_NANOS = 600_000_000L;

    /// As young as the packets of a stream that is followed closely.
    static final long CAUGHT_UP_NANOS = 50_000_000L;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final String mid;
    private final MediaKind kind;
    private final SlotExit exit;
    private final @Nullable Downlink downlink;
    private final SlotStream stream;
    private final Line.Cursor cursor = new Line.Cursor();
    private final Thinning thinning = new Thinning();

    private SlotState state = SlotState.EMPTY;
    private @Nullable Line line;

    private long earliestNanos;
    private boolean held;
    private long bears = UNLIMITED;
    private long keyFrameSentNanos;
    private long caughtUpFromNanos;
    private boolean everCaughtUp;
    private int lossReported256;

    public Slot(
            NegotiatedMedia section, SlotExit exit, IntSupplier randomInts, Redundancy redundancy) {
        this.mid = section.mid();
        this.kind = section.kind();
        this.exit = exit;
        this.downlink = exit.downlink();
        this.stream = new SlotStream(section, exit, randomInts, redundancy);
    }

    /// @param earliest nothing that arrived before is for this peer
    /// @return whether the publisher must be asked for a key frame
    public boolean attach(Line newLine, long earliest, long nowNanos) {
        if (line != newLine) {
            detach();
            line = newLine;
            earliestNanos = earliest;
            newLine.add(this);
            stream.expectStart();
            beginAnew();
        }
        return begin(nowNanos);
    }

    public void detach() {
        Line old = line;
        if (old != null) {
            old.remove(this);
        }
        line = null;
        state = SlotState.EMPTY;
    }

    /// What comes next is the first of something new.
    void beginAnew() {
        if (state != SlotState.EMPTY || line != null) {
            state = SlotState.WAITING;
        }
        stream.stop();
    }

    /// Begins from the cache if it can: after an attachment, and once its peer can be reached.
    ///
    /// @return whether the publisher must be asked for a key frame
    public boolean begin(long nowNanos) {
        Line from = line;
        if (from == null || kind != MediaKind.VIDEO || state != SlotState.WAITING) {
            return false;
        }
        if (exit.path() == null) {
            return false;
        }
        return !catchUpFromCache(from, nowNanos);
    }

    private boolean catchUpFromCache(Line from, long nowNanos) {
        if (from.kind() != kind || !from.freshSince(earliestNanos, nowNanos)) {
            return false;
        }
        MediaPacket first = from.packet(from.keyFrameSeq());
        MediaPacket last = from.packet(from.head());
        if (first == null || last == null || !stream.understands(first.format)) {
            return false;
        }
        long sending = Line.Cursor.nanos(from, first, held ? downlink : null, nowNanos);
        if (sending > LONGEST_CATCH_UP_NANOS) {
            return false;
        }
        state = SlotState.CATCHING_UP;
        cursor.startAt(first.seq, nowNanos);
        everCaughtUp = true;
        caughtUpFromNanos = nowNanos;
        beginStretch(first, Line.Cursor.speed(first, last, sending, stream.clockRate()), nowNanos);
        return true;
    }

    private void beginStretch(MediaPacket first, int speed, long nowNanos) {
        stream.begin(first, speed, nowNanos);
        keyFrameSentNanos = nowNanos;
    }

    /// Takes the next packet of the line.
    ///
    /// @return 1 when it went out, 0 when it is not its turn, or the code of a drop reason
    public int forward(MediaPacket packet, long nowNanos, OutboundBatch out) {
        return switch (state) {
            case LIVE -> send(packet, nowNanos, out);
            case WAITING, INCOMPATIBLE -> beginLive(packet, nowNanos, out);
            case CATCHING_UP ->
                    held ? passBehind(packet, nowNanos, out) : joinLive(packet, nowNanos, out);
            case PACED -> passBehind(packet, nowNanos, out);
            case PAUSED -> resume(packet, nowNanos, out);
            case EMPTY -> 0;
        };
    }

    private int beginLive(MediaPacket packet, long nowNanos, OutboundBatch out) {
        if (!belongs(packet)) {
            return 0;
        }
        if (kind == MediaKind.VIDEO && !packet.startsKeyFrame) {
            return DropReason.AWAITING_KEY_FRAME.code();
        }
        if (!stream.understands(packet.format)) {
            state = SlotState.INCOMPATIBLE;
            return 0;
        }
        if (exit.path() == null) {
            return DropReason.NO_KEYS.code();
        }
        beginStretch(packet, 1, nowNanos);
        if (held) {
            state = SlotState.PACED;
            cursor.startAt(packet.seq, nowNanos);
            return 0;
        }
        state = SlotState.LIVE;
        return send(packet, nowNanos, out);
    }

    private boolean belongs(MediaPacket packet) {
        Line from = line;
        boolean fits = packet.format.clockRate() == 90_000 == (kind == MediaKind.VIDEO);
        boolean early = packet.arrivalNanos - earliestNanos < 0;
        return fits && !early && from != null && !stream.silent(from);
    }

    /// Everything cached was sent: goes over to real time where a picture begins, so that all
    /// packets of one picture keep one timestamp.
    private int joinLive(MediaPacket packet, long nowNanos, OutboundBatch out) {
        if (packet.seq < cursor.next()) {
            return send(packet, nowNanos, out);
        }
        Line from = line;
        if (from == null || packet.seq > cursor.next()) {
            return 0; // still in front of it: the ring keeps it
        }
        MediaPacket before = from.packet(packet.seq - 1);
        if (before != null && before.timestamp != packet.timestamp) {
            stream.resumeRealTime(packet, nowNanos);
            state = SlotState.LIVE;
        }
        cursor.sent(packet, nowNanos);
        return send(packet, nowNanos, out);
    }

    /// Sends the next few cached packets. To be called every 5 ms while [#catchingUp()].
    ///
    /// @return how many went out
    public int catchUp(long nowNanos, OutboundBatch out) {
        Line from = line;
        int sent = 0;
        while (from != null && catchingUp() && !held && sent < Line.Cursor.CATCH_UP_PACKETS) {
            MediaPacket packet = cursor.peek(from);
            if (packet == null) {
                break;
            }
            cursor.sent(packet, nowNanos);
            if (send(packet, nowNanos, out) > 0) {
                sent++;
            }
        }
        return sent;
    }

    /// From now on packets wait in the ring for [#sendHeld].
    public void hold(long nowNanos) {
        held = kind == MediaKind.VIDEO;
        Line from = line;
        if (held && state == SlotState.LIVE && from != null) {
            state = SlotState.PACED;
            MediaPacket last = from.packet(stream.lastInput());
            if (last == null) {
                cursor.startAt(from.head() + 1, nowNanos);
            } else {
                cursor.sent(last, nowNanos);
            }
        }
    }

    /// Packets leave as they come again. Nothing may wait any more.
    ///
    /// @return whether the publisher must be asked for a key frame
    public boolean release() {
        held = false;
        bears = UNLIMITED;
        boolean wasPaused = state == SlotState.PAUSED;
        if (wasPaused) {
            state = SlotState.WAITING;
        } else if (state == SlotState.PACED) {
            state = SlotState.LIVE;
        }
        return wasPaused;
    }

    /// What came late for a place that was passed over; the ring keeps all that is in front of it.
    private int passBehind(MediaPacket packet, long nowNanos, OutboundBatch out) {
        return packet.seq < cursor.next() ? send(packet, nowNanos, out) : 0;
    }

    private int resume(MediaPacket packet, long nowNanos, OutboundBatch out) {
        if (!packet.startsKeyFrame || closed(nowNanos) || !thinning.resumes(bearable(), nowNanos)) {
            return DropReason.AWAITING_KEY_FRAME.code();
        }
        thinning.resume(nowNanos);
        return beginLive(packet, nowNanos, out);
    }

    private boolean closed(long nowNanos) {
        return downlink != null && downlink.closed(nowNanos);
    }

    private boolean bearable() {
        return downlink == null || downlink.bearable();
    }

    /// About how long the packet is that waits to be sent, 0 when none does.
    public int heldBytes(long nowNanos) {
        Line from = line;
        if (from == null || !held || state != SlotState.PACED && state != SlotState.CATCHING_UP) {
            return 0;
        }
        MediaPacket fresh = due(from, nowNanos);
        MediaPacket again = state == SlotState.PAUSED ? null : stream.repeats().next(from);
        MediaPacket packet = again == null ? fresh : again;
        return packet == null ? 0 : packet.payloadLength + SlotWriter.USUAL_OVERHEAD;
    }

    /// Sends the packet that waits; only when there is one.
    ///
    /// @return how many new ones went out: none when one was repeated
    public int sendHeld(long nowNanos, OutboundBatch out) {
        Line from = line;
        if (from == null) {
            return 0;
        }
        MediaPacket again = stream.repeats().next(from);
        if (again != null) {
            stream.repeats().sendNext(again, nowNanos, out);
            return 0;
        }
        MediaPacket packet = due(from, nowNanos);
        if (packet == null) {
            return 0;
        }
        boolean young = nowNanos - packet.arrivalNanos < CAUGHT_UP_NANOS;
        if (state == SlotState.CATCHING_UP && young && cursor.beginsPicture(packet)) {
            stream.resumeRealTime(packet, nowNanos);
            state = SlotState.PACED;
        }
        cursor.sent(packet, nowNanos);
        return Math.max(0, send(packet, nowNanos, out));
    }

    /// The next packet, unless its picture and those that follow it are to be left out.
    private @Nullable MediaPacket due(Line from, long nowNanos) {
        MediaPacket packet = cursor.peek(from);
        if (packet == null || !tooLate(packet, nowNanos)) {
            return packet;
        }
        MediaPacket key = from.packet(from.keyFrameSeq());
        if (key != null && key.seq > packet.seq) {
            beginStretch(key, 1, nowNanos);
            cursor.startAt(key.seq, nowNanos);
            state = SlotState.PACED;
            return key;
        }
        if (packet.startsKeyFrame) {
            return packet;
        }
        thinning.pause(nowNanos);
        state = SlotState.PAUSED;
        return null;
    }

    private boolean tooLate(MediaPacket next, long nowNanos) {
        if (!cursor.beginsPicture(next)) {
            return Thinning.stuck(nowNanos - cursor.sentNanos());
        }
        long since = state == SlotState.CATCHING_UP ? caughtUpFromNanos : next.arrivalNanos;
        return Thinning.late(nowNanos - since, bearable());
    }

    /// Whether the publisher is to be asked for the key frame that ends a pause; then it counts as
    /// done.
    public boolean asksToResume(long nowNanos) {
        return state == SlotState.PAUSED
                && !closed(nowNanos)
                && thinning.asks(bearable(), nowNanos);
    }

    /// Sends padding alone where repeats have a stream of their own; says whether it went out.
    public boolean pad(long nowNanos, OutboundBatch out) {
        return stream.pad(nowNanos, out);
    }

    /// Notes what its peer's downlink bears of it, in bit/s.
    public void bear(long bitsPerSecond) {
        bears = bitsPerSecond;
    }

    /// As [#bear] said last; without a limit while packets leave as they come.
    public long bears() {
        return bears;
    }

    /// What comes for it in bit/s, whether or not it is sent.
    public long offeredBitsPerSecond(long nowNanos) {
        Line from = line;
        boolean wanted = kind == MediaKind.VIDEO && state != SlotState.INCOMPATIBLE;
        return from != null && wanted ? from.bitsPerSecond(nowNanos) : 0;
    }

    private int send(MediaPacket packet, long nowNanos, OutboundBatch out) {
        Line from = line;
        if (from == null || stream.silent(from)) {
            state = SlotState.WAITING; // what comes after it follows without a gap
            return 0;
        }
        return stream.send(from, packet, nowNanos, out);
    }

    /// The viewer misses `firstSeq16` and, for each bit i of `bitmask`, the packet i + 1 later.
    ///
    /// @return how many were sent again
    public int repeat(
            int firstSeq16, int bitmask, long roundTripNanos, long nowNanos, OutboundBatch out) {
        return stream.repeat(line, firstSeq16, bitmask, roundTripNanos, held, nowNanos, out);
    }

    /// The viewer cannot go on without a key frame.
    ///
    /// @return whether the publisher must be asked for one
    public boolean refresh(long roundTripNanos, long nowNanos) {
        Line from = line;
        boolean coming = state == SlotState.CATCHING_UP || state == SlotState.PAUSED;
        if (from == null || kind != MediaKind.VIDEO || coming) {
            return false;
        }
        if (!shows()) {
            return true;
        }
        long usual = Math.max(100_000_000L, roundTripNanos + 50_000_000L);
        long onItsWay = held ? usual + LONGEST_CATCH_UP_NANOS : usual;
        if (nowNanos - keyFrameSentNanos < onItsWay) {
            return false;
        }
        boolean cacheAllowed =
                !everCaughtUp || nowNanos - caughtUpFromNanos >= CATCH_UP_AGAIN_NANOS;
        return !(cacheAllowed && catchUpFromCache(from, nowNanos));
    }

    private boolean shows() {
        return state == SlotState.LIVE || state == SlotState.PACED;
    }

    /// Whether a sender report would be news: at once after a beginning, then every second.
    public boolean reportDue(long nowNanos) {
        Line from = line;
        return from != null && shows() && stream.reportDue(from.clock(), nowNanos);
    }

    /// Writes what moment the stream's timestamps belong to (RFC 3550 §6.4.1).
    ///
    /// @param ntpNow the same moment as `nowNanos`
    /// @return false when it did not fit
    public boolean report(RtcpWriter into, long ntpNow, long nowNanos) {
        Line from = line;
        return from == null || stream.report(from.clock(), into, ntpNow, nowNanos);
    }

    /// Whether its peer hears this voice in another slot, so that nothing is to come from here.
    public void hush(boolean now) {
        stream.hush(now);
    }

    /// Whether the caller should ask [#takeStarted] and [#reportDue] now.
    public boolean hasNews() {
        return stream.hasNews();
    }

    /// Whether what was attached began to play since the last call.
    public boolean takeStarted() {
        return stream.takeStarted();
    }

    public boolean catchingUp() {
        return state == SlotState.CATCHING_UP;
    }

    public void noteLoss(int fraction256, long nowNanos) {
        lossReported256 = fraction256;
        stream.reported(fraction256, nowNanos);
    }

    /// How many packets before go along with each one now.
    public int redundancy() {
        return stream.redundancy();
    }

    public SlotState state() {
        return state;
    }

    /// Whether it has shown nothing yet, so that an older key frame will do.
    public boolean cacheHelps() {
        return !shows() && state != SlotState.PAUSED;
    }

    public @Nullable Line line() {
        return line;
    }

    public SlotExit exit() {
        return exit;
    }

    public String mid() {
        return mid;
    }

    public MediaKind kind() {
        return kind;
    }

    public int ssrc() {
        return stream.ssrc();
    }

    public long packets() {
        return stream.packets();
    }

    public long retransmitted() {
        return stream.repeats().retransmitted();
    }

    public long nacksReceived() {
        return stream.repeats().nacksReceived();
    }

    public int lossReported256() {
        return lossReported256;
    }
}
