package org.maplebridge.media.forward;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Redundancy;
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
/// Thread: its media loop.
public final class Slot {
    /// What the slot does with packets of its line.
    public enum State {
        /// No line.
        EMPTY("empty"),
        /// For the first packet, or the next key frame.
        WAITING("waiting"),
        /// The subscriber does not know the source's format.
        INCOMPATIBLE("incompatible"),
        /// Sends the cached run since the last key frame.
        CATCHING_UP("catching-up"),
        /// Sends what comes.
        LIVE("live");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /// As [org.maplebridge.media.api.LegStats] says.
        public String text() {
            return text;
        }
    }

    /// Per tick of 5 ms: 24 packets are 46 Mbit/s, gone before a viewer notices, and no flood.
    static final int CATCH_UP_PACKETS = 24;

    static final long TICK_NANOS = 5_000_000L;

    /// Frames stay apart by more than a tick even at 60 a second.
    private static final int FASTEST_CATCH_UP = 64;

    /// A viewer that loses a lot asks a lot; the cache answers so often.
    static final long CATCH_UP_AGAIN_NANOS = 1_000_000_000L;

    static final long REPORT_NANOS = 1_000_000_000L;

    private static final int STRETCHES = 8;

    private final String mid;
    private final MediaKind kind;
    private final SlotExit exit;
    private final SlotWriter writer;
    private final ResendBudget budget = new ResendBudget();
    private final Continuity numbers;

    /// Null where the subscriber takes no redundant voice.
    private final @Nullable OlderVoice older;

    private State state = State.EMPTY;
    private @Nullable Line line;

    /// First packet of its stretch, so that a retransmission carries the same marker.
    private long firstSeq;

    /// The last one that went out with older ones along. They may be gone, or more, when it is
    /// asked for again; and no number may ever protect two different packets.
    private long redundantSeq = -1;

    private long nextCachedSeq;
    private int keyFrameTimestamp;
    private long keyFrameSentNanos;
    private long caughtUpFromNanos;
    private boolean everCaughtUp;
    private boolean driven;
    private boolean startPending;
    private boolean started;
    private boolean reportSoon;
    private boolean sentSinceReport;
    private long reportedNanos;

    private long packets;
    private long octets;
    private long retransmitted;
    private long nacksReceived;
    private int lossReported256;

    public Slot(
            NegotiatedMedia section, SlotExit exit, IntSupplier randomInts, Redundancy redundancy) {
        this.mid = section.mid();
        this.kind = section.kind();
        this.exit = exit;
        this.writer = new SlotWriter(section, exit, randomInts);
        int clockRate =
                section.codecs().isEmpty() ? 90_000 : section.codecs().getFirst().clockRate();
        long firstSeq16 = randomInts.getAsInt() & 0x7fff; // see OutboundSrtp: below 32,768
        this.numbers = new Continuity(STRETCHES, clockRate, firstSeq16, randomInts.getAsInt());
        boolean voice = kind == MediaKind.AUDIO && writer.takesRedundancy();
        this.older = voice ? new OlderVoice(redundancy) : null;
    }

    /// @return whether the publisher must be asked for a key frame
    public boolean attach(Line newLine, long nowNanos) {
        if (line != newLine) {
            detach();
            line = newLine;
            newLine.add(this);
            startPending = true;
            started = false;
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
        state = State.EMPTY;
    }

    /// What comes next is the first of something new.
    void beginAnew() {
        if (state != State.EMPTY || line != null) {
            state = State.WAITING;
        }
        numbers.stop(); // what went out was another stream's: it is not here to be repeated
    }

    /// Begins from the cache if it can: after an attachment, and once its peer can be reached.
    ///
    /// @return whether the publisher must be asked for a key frame
    public boolean begin(long nowNanos) {
        Line from = line;
        if (from == null || kind != MediaKind.VIDEO || state != State.WAITING) {
            return false;
        }
        if (exit.path() == null) {
            return false;
        }
        return !catchUpFromCache(from, nowNanos);
    }

    private boolean catchUpFromCache(Line from, long nowNanos) {
        if (from.kind() != kind || !from.fresh(nowNanos)) {
            return false;
        }
        MediaPacket first = from.packet(from.keyFrameSeq());
        MediaPacket last = from.packet(from.head());
        if (first == null || last == null || !writer.understands(first.format)) {
            return false;
        }
        state = State.CATCHING_UP;
        nextCachedSeq = first.seq;
        everCaughtUp = true;
        caughtUpFromNanos = nowNanos;
        beginStretch(first, catchUpSpeed(first, last), nowNanos);
        return true;
    }

    /// So fast that the cached run's timestamps last as long as sending it does. A receiver that
    /// saw them at their old distance would play the whole run, late for ever after.
    private int catchUpSpeed(MediaPacket first, MediaPacket last) {
        long ticks = 1 + (last.seq - first.seq) / CATCH_UP_PACKETS;
        long sending = Continuity.ticks(ticks * TICK_NANOS, numbers.clockRate());
        long media = Math.max(0, last.timestamp - first.timestamp);
        return (int) Math.clamp(media / sending, 1, FASTEST_CATCH_UP);
    }

    private void beginStretch(MediaPacket first, int speed, long nowNanos) {
        numbers.begin(first.seq, first.timestamp, speed, momentOf(first, nowNanos));
        firstSeq = first.seq;
        keyFrameTimestamp = first.timestamp;
        keyFrameSentNanos = nowNanos;
        reportSoon = true;
    }

    /// Takes the next packet of the line.
    ///
    /// @return 1 when it went out, 0 when it is not its turn, or the code of a drop reason
    int forward(MediaPacket packet, long nowNanos, OutboundBatch out) {
        return switch (state) {
            case LIVE -> send(packet, nowNanos, out);
            case WAITING, INCOMPATIBLE -> beginLive(packet, nowNanos, out);
            case CATCHING_UP -> joinLive(packet, nowNanos, out);
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
        if (!writer.understands(packet.format)) {
            state = State.INCOMPATIBLE;
            return 0;
        }
        if (exit.path() == null) {
            return DropReason.NO_KEYS.code();
        }
        state = State.LIVE;
        beginStretch(packet, 1, nowNanos);
        return send(packet, nowNanos, out);
    }

    private boolean belongs(MediaPacket packet) {
        Line from = line;
        boolean video = packet.format.clockRate() == 90_000;
        return from != null && from.talker() != exit && video == (kind == MediaKind.VIDEO);
    }

    /// Everything cached was sent: goes over to real time where a picture begins, so that all
    /// packets of one picture keep one timestamp.
    private int joinLive(MediaPacket packet, long nowNanos, OutboundBatch out) {
        if (packet.seq < nextCachedSeq) {
            return send(packet, nowNanos, out);
        }
        Line from = line;
        if (from == null || packet.seq > nextCachedSeq) {
            return 0; // still in front of it: the ring keeps it
        }
        MediaPacket before = from.packet(packet.seq - 1);
        if (before != null && before.timestamp != packet.timestamp) {
            numbers.resumeRealTime(packet.seq, packet.timestamp, nowNanos);
            state = State.LIVE;
        }
        nextCachedSeq = packet.seq + 1;
        return send(packet, nowNanos, out);
    }

    /// Sends the next few cached packets. To be called every 5 ms while [#catchingUp()].
    ///
    /// @return how many went out
    public int catchUp(long nowNanos, OutboundBatch out) {
        Line from = line;
        int sent = 0;
        while (from != null
                && state == State.CATCHING_UP
                && sent < CATCH_UP_PACKETS
                && nextCachedSeq <= from.head()) {
            MediaPacket packet = from.packet(nextCachedSeq++);
            if (packet != null && send(packet, nowNanos, out) > 0) {
                sent++;
            }
        }
        return sent;
    }

    private int send(MediaPacket packet, long nowNanos, OutboundBatch out) {
        Line from = line;
        if (from == null || from.talker() == exit) {
            state = State.WAITING; // its own voice: what comes after it follows without a gap
            return 0;
        }
        int stretch = numbers.stretchOf(packet.seq);
        if (stretch == Continuity.NONE) {
            return DropReason.OUT_OF_RANGE.code();
        }
        long seq = numbers.seq(stretch, packet.seq);
        int timestamp = numbers.timestamp(stretch, packet.timestamp);
        OlderVoice along = older;
        if (along != null) {
            along.choose(from, numbers, packet);
        }
        int length = writer.write(packet, along, seq, timestamp, markerOf(packet), out);
        if (length < 0) {
            return length;
        }
        if (along != null && along.count() > 0) {
            redundantSeq = Math.max(redundantSeq, seq);
            octets += along.bytes();
        }
        numbers.passed(seq, timestamp, momentOf(packet, nowNanos));
        packets++;
        octets += packet.payloadLength;
        sentSinceReport = true;
        if (startPending) {
            noteStart(packet);
        }
        return 1;
    }

    /// Voice belongs to the moment it came at, however long it waited for a grant; a cached picture
    /// to the moment it is shown.
    private long momentOf(MediaPacket packet, long nowNanos) {
        return kind == MediaKind.AUDIO ? packet.arrivalNanos : nowNanos;
    }

    /// The first packet of a talker begins a talkspurt (RFC 3551 §4.1).
    private boolean markerOf(MediaPacket packet) {
        return packet.marker || kind == MediaKind.AUDIO && packet.seq == firstSeq;
    }

    private void noteStart(MediaPacket packet) {
        boolean whole =
                kind == MediaKind.AUDIO || packet.marker || packet.timestamp != keyFrameTimestamp;
        if (whole) {
            startPending = false;
            started = true;
        }
    }

    /// The viewer misses `firstSeq16` and, for each bit i of `bitmask`, the packet i + 1 later.
    ///
    /// @return how many were sent again
    public int repeat(
            int firstSeq16, int bitmask, long roundTripNanos, long nowNanos, OutboundBatch out) {
        nacksReceived += 1 + Integer.bitCount(bitmask & 0xffff);
        int sent = 0;
        for (int i = 0; i <= 16 && !budget.spent(nowNanos); i++) {
            boolean missed = i == 0 || (bitmask >> i - 1 & 1) != 0;
            if (missed && repeatOne(firstSeq16 + i, roundTripNanos, nowNanos, out)) {
                sent++;
            }
        }
        retransmitted += sent;
        return sent;
    }

    private boolean repeatOne(int seq16, long roundTripNanos, long nowNanos, OutboundBatch out) {
        long seq = numbers.lastSeq() + (short) (seq16 - (int) numbers.lastSeq());
        Line from = line;
        if (from == null
                || !numbers.anyPassed()
                || seq > numbers.lastSeq()
                || seq <= redundantSeq) {
            return false;
        }
        long input = numbers.inputSeq(seq);
        MediaPacket packet = input == Continuity.NONE ? null : from.packet(input);
        if (packet == null || !budget.allows(seq, roundTripNanos, nowNanos)) {
            return false;
        }
        int timestamp = numbers.timestamp(numbers.stretchOf(input), packet.timestamp);
        return writer.writeAgain(packet, seq, timestamp, markerOf(packet), out) > 0;
    }

    /// The viewer cannot go on without a key frame.
    ///
    /// @return whether the publisher must be asked for one
    public boolean refresh(long roundTripNanos, long nowNanos) {
        Line from = line;
        if (from == null || kind != MediaKind.VIDEO || state == State.CATCHING_UP) {
            return false;
        }
        if (state != State.LIVE) {
            return true;
        }
        long onItsWay = Math.max(100_000_000L, roundTripNanos + 50_000_000L);
        if (nowNanos - keyFrameSentNanos < onItsWay) {
            return false;
        }
        boolean cacheAllowed =
                !everCaughtUp || nowNanos - caughtUpFromNanos >= CATCH_UP_AGAIN_NANOS;
        return !(cacheAllowed && catchUpFromCache(from, nowNanos));
    }

    /// Whether a sender report would be news: at once after a beginning, then every second.
    public boolean reportDue(long nowNanos) {
        Line from = line;
        if (from == null || state != State.LIVE || !from.clock().known() || !numbers.begun()) {
            return false;
        }
        return reportSoon || sentSinceReport && nowNanos - reportedNanos >= REPORT_NANOS;
    }

    /// Writes what moment the stream's timestamps belong to (RFC 3550 §6.4.1).
    ///
    /// @param ntpNow the same moment as `nowNanos`
    /// @return false when it did not fit
    public boolean report(RtcpWriter into, long ntpNow, long nowNanos) {
        Line from = line;
        if (from == null) {
            return true;
        }
        int input = from.clock().timestampAt(nowNanos, numbers.clockRate());
        int timestamp = numbers.timestamp(numbers.newest(), input);
        if (!into.senderReport(writer.ssrc(), ntpNow, timestamp, (int) packets, (int) octets)) {
            return false;
        }
        reportSoon = false;
        sentSinceReport = false;
        reportedNanos = nowNanos;
        return true;
    }

    /// Whether the caller should ask [#takeStarted] and [#reportDue] now.
    boolean hasNews() {
        return started || reportSoon;
    }

    /// Whether what was attached began to play since the last call.
    public boolean takeStarted() {
        boolean was = started;
        started = false;
        return was;
    }

    public boolean catchingUp() {
        return state == State.CATCHING_UP;
    }

    /// @return false when it is already among those driven every 5 ms
    public boolean enterCatchUp() {
        boolean entered = !driven;
        driven = true;
        return entered;
    }

    public void leaveCatchUp() {
        driven = false;
    }

    public void noteLoss(int fraction256, long nowNanos) {
        lossReported256 = fraction256;
        if (older != null) {
            older.reported(fraction256, nowNanos);
        }
    }

    /// How many packets before go along with each one now.
    public int redundancy() {
        return older == null ? 0 : older.generations();
    }

    public State state() {
        return state;
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
        return writer.ssrc();
    }

    public long packets() {
        return packets;
    }

    public long retransmitted() {
        return retransmitted;
    }

    public long nacksReceived() {
        return nacksReceived;
    }

    public int lossReported256() {
        return lossReported256;
    }
}
