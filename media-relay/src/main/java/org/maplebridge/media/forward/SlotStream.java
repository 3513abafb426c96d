package org.maplebridge.media.forward;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;

/// The one continuous stream a slot sends, whatever it is fed from: its numbers, its repeats, its
/// reports.
///
/// Thread: its media loop.
final class SlotStream {
    static final long REPORT_NANOS = 1_000_000_000L;

    private static final int STRETCHES = 8;

    private final MediaKind kind;
    private final SlotWriter writer;
    private final Continuity numbers;
    private final Repeats repeats;
    private final SlotExit exit;
    private final @Nullable Downlink downlink;

    /// Null where the subscriber takes no redundant voice.
    private final @Nullable OlderVoice older;

    private boolean hushed;
    private boolean startPending;
    private boolean started;
    private int firstTimestamp;
    private boolean reportSoon;
    private boolean sentSinceReport;
    private long reportedNanos;
    private long packets;
    private long octets;

    SlotStream(
            NegotiatedMedia section, SlotExit exit, IntSupplier randomInts, Redundancy redundancy) {
        this.kind = section.kind();
        this.exit = exit;
        this.downlink = exit.downlink();
        this.writer = new SlotWriter(section, exit, randomInts);
        int clockRate =
                section.codecs().isEmpty() ? 90_000 : section.codecs().getFirst().clockRate();
        long firstSeq16 = randomInts.getAsInt() & 0x7fff; // see OutboundSrtp: below 32,768
        this.numbers = new Continuity(STRETCHES, clockRate, firstSeq16, randomInts.getAsInt());
        this.repeats = new Repeats(numbers, writer);
        boolean voice = kind == MediaKind.AUDIO && writer.takesRedundancy();
        this.older = voice ? new OlderVoice(redundancy) : null;
    }

    boolean understands(CodecFormat format) {
        return writer.understands(format);
    }

    /// Its peer's own voice, or one that it hears elsewhere.
    boolean silent(Line from) {
        return hushed || from.talker() == exit;
    }

    void hush(boolean now) {
        hushed = now;
    }

    /// What went out was another stream's: it is not here to be repeated.
    void stop() {
        numbers.stop();
        repeats.forget();
    }

    /// Something else was attached: its first whole picture or packet is news.
    void expectStart() {
        startPending = true;
        started = false;
    }

    /// What comes next follows what was sent last without a gap.
    ///
    /// @param speed how much faster than real time it is going to be sent
    void begin(MediaPacket first, int speed, long nowNanos) {
        numbers.begin(first.seq, first.timestamp, speed, momentOf(first, nowNanos));
        writer.begin(first.seq);
        repeats.forget();
        firstTimestamp = first.timestamp;
        reportSoon = true;
    }

    /// Same numbers as before, but from `packet` on in real time again.
    void resumeRealTime(MediaPacket packet, long nowNanos) {
        numbers.endSpeed(packet.seq, packet.timestamp, nowNanos);
    }

    /// @param from where the packet, and those that go along with it, are kept
    /// @return 1, or the code of a drop reason
    int send(Line from, MediaPacket packet, long nowNanos, OutboundBatch out) {
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
        int length = writer.write(packet, along, seq, timestamp, nowNanos, out);
        if (length < 0) {
            return length;
        }
        if (along != null && along.count() > 0) {
            repeats.neverAgain(seq);
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

    private void noteStart(MediaPacket packet) {
        boolean whole =
                kind == MediaKind.AUDIO || packet.marker || packet.timestamp != firstTimestamp;
        if (whole) {
            startPending = false;
            started = true;
        }
    }

    /// The place in the line of the packet sent last, or [Continuity#NONE].
    long lastInput() {
        return numbers.anyPassed() ? numbers.inputSeq(numbers.lastSeq()) : Continuity.NONE;
    }

    /// Whether a sender report would be news: at once after a beginning, then every second.
    boolean reportDue(SenderClock clock, long nowNanos) {
        if (!clock.known() || !numbers.begun()) {
            return false;
        }
        return reportSoon || sentSinceReport && nowNanos - reportedNanos >= REPORT_NANOS;
    }

    /// Writes what moment the stream's timestamps belong to (RFC 3550 §6.4.1).
    ///
    /// @param ntpNow the same moment as `nowNanos`
    /// @return false when it did not fit
    boolean report(SenderClock clock, RtcpWriter into, long ntpNow, long nowNanos) {
        int input = clock.timestampAt(nowNanos, numbers.clockRate());
        int timestamp = numbers.timestamp(numbers.newest(), input);
        if (!into.senderReport(writer.ssrc(), ntpNow, timestamp, (int) packets, (int) octets)) {
            return false;
        }
        reportSoon = false;
        sentSinceReport = false;
        reportedNanos = nowNanos;
        return true;
    }

    boolean hasNews() {
        return started || reportSoon;
    }

    boolean takeStarted() {
        boolean was = started;
        started = false;
        return was;
    }

    /// As [SlotWriter#pad].
    ///
    /// @return whether it went out
    boolean pad(long nowNanos, OutboundBatch out) {
        return writer.pad(numbers.lastTimestamp(), nowNanos, out) > 0;
    }

    /// @param from null when nothing is attached
    /// @param held whether repeats wait for their turn
    int repeat(
            @Nullable Line from,
            int firstSeq16,
            int bitmask,
            long roundTripNanos,
            boolean held,
            long nowNanos,
            OutboundBatch out) {
        return repeats.asked(from, firstSeq16, bitmask, roundTripNanos, held, nowNanos, out);
    }

    /// What the subscriber loses, in 256ths.
    void reported(int fraction256, long nowNanos) {
        OlderVoice along = older;
        Downlink narrow = downlink == null || !downlink.paced() ? null : downlink;
        if (along != null) {
            int loss = narrow == null ? fraction256 : narrow.lossBeside(fraction256, nowNanos);
            along.reported(loss, narrow != null, nowNanos);
        }
    }

    /// How many packets before go along with each one now.
    int redundancy() {
        return older == null ? 0 : older.generations();
    }

    Repeats repeats() {
        return repeats;
    }

    int clockRate() {
        return numbers.clockRate();
    }

    int ssrc() {
        return writer.ssrc();
    }

    long packets() {
        return packets;
    }
}
