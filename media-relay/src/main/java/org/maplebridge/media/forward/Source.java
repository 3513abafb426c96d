package org.maplebridge.media.forward;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.congestion.RateAsk;
import org.maplebridge.media.forward.repair.KeyFrameRequests;
import org.maplebridge.media.forward.repair.LossRepair;
import org.maplebridge.media.rtp.RedBlocks;
import org.maplebridge.media.rtp.RtpHeader;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.DropReason;

/// How a published stream arrives: puts its packets on a line without gaps or doubles, finds what
/// is missing, and knows when its publisher must be asked for something.
///
/// Thread: its media loop.
public final class Source {
    /// RFC 3550 §A.1 (MAX_DROPOUT): a longer gap is a stream that began anew.
    static final int LONGEST_GAP = 3_000;

    /// A retransmission comes at most this far behind; the ring is no longer either.
    static final int LONGEST_DELAY = Line.VIDEO_PACKETS;

    /// Nothing a clock can do by itself.
    private static final int TIME_JUMP_SECONDS = 10;

    private static final long FIRST_ROUND = 0x1_0000L;

    /// Rings of a stream silent for this long are given back.
    static final long FORGET_NANOS = 5_000_000_000L;

    private final MediaKind kind;
    private final Line line;
    private final Continuity numbers;
    private final ReceptionStatistics statistics;
    private final LossRepair repair = new LossRepair();
    private final KeyFrameRequests keyFrameRequests;
    private final RateAsk rateAsk = new RateAsk();
    private final Activity activity;
    private final boolean repairable;
    private final int clockRate;

    private boolean begun;

    /// Whether the packet in hand is ahead of all before it.
    private boolean newest;

    private long highestSeq;
    private int highestTimestamp;
    private long highestNanos;
    private int seq16AfterJump = -1;
    private long packets;
    private long repaired;

    /// Made with the first packet that needs it.
    private @Nullable RedundantVoice redundant;

    // Packets in front of a stream's first one that came along with it, and how much time they are.
    private int lead;
    private int leadTicks;
    private boolean cacheHeld;
    private boolean lastSilent;

    /// @param repairable whether the publisher answers NACKs
    /// @param activity of all layers together, as are the requests
    public Source(
            Line line,
            MediaKind kind,
            int clockRate,
            boolean repairable,
            Activity activity,
            KeyFrameRequests keyFrameRequests) {
        this.kind = kind;
        this.line = line;
        this.clockRate = clockRate;
        this.repairable = repairable;
        this.numbers = line.feed(kind, clockRate);
        this.statistics = new ReceptionStatistics(clockRate);
        this.activity = activity;
        this.keyFrameRequests = keyFrameRequests;
    }

    /// Takes a packet in the clear.
    ///
    /// @param retransmitted whether it came unwrapped from a retransmission stream
    /// @param extensionId the publisher's id of the header extension that goes along, 0 for none:
    ///   of a voice its level, of a picture its dependency descriptor
    /// @return 0 when it is on the line, else the code of a drop reason
    public int receive(
            byte[] data,
            int offset,
            int length,
            int headerLength,
            CodecFormat format,
            boolean retransmitted,
            int extensionId,
            long nowNanos) {
        int payloadLength = RtpHeader.payloadLength(data, offset, length, headerLength);
        if (payloadLength < 0) {
            return payloadLength;
        }
        statistics.bytes(length, nowNanos);
        int begin = offset + headerLength;
        return arrive(
                data, offset, begin, payloadLength, format, retransmitted, extensionId, nowNanos);
    }

    /// Takes a packet in the clear that is of this stream, but not for this line. Where a place was
    /// kept for it an empty one tells that nothing is missing.
    ///
    /// @return as [#receive]
    public int passOver(
            byte[] data, int offset, CodecFormat format, boolean retransmitted, long nowNanos) {
        return arrive(data, offset, offset, 0, format, retransmitted, 0, nowNanos);
    }

    private int arrive(
            byte[] data,
            int offset,
            int begin,
            int payloadLength,
            CodecFormat format,
            boolean retransmitted,
            int extensionId,
            long nowNanos) {
        int timestamp = RtpHeader.timestamp(data, offset);
        long seq = unwrap(RtpHeader.sequence(data, offset), retransmitted, timestamp, nowNanos);
        return seq < 0
                ? (int) seq
                : place(
                        data,
                        offset,
                        begin,
                        payloadLength,
                        seq,
                        format,
                        retransmitted,
                        extensionId,
                        nowNanos);
    }

    /// Takes a packet of voice with older ones along, in the clear (RFC 2198): those of them that
    /// are missing, and then the newest.
    ///
    /// @param opus the format of its blocks
    /// @param opusType by which payload type they call it
    /// @return 0 when anything of it is on the line, else the code of a drop reason
    public int receiveRedundant(
            byte[] data,
            int offset,
            int length,
            int headerLength,
            CodecFormat opus,
            int opusType,
            int audioLevelId,
            long nowNanos) {
        int payloadLength = RtpHeader.payloadLength(data, offset, length, headerLength);
        if (payloadLength < 0) {
            return payloadLength;
        }
        statistics.bytes(length, nowNanos);
        RedundantVoice voice = redundantVoice();
        int primary = voice.read(data, offset + headerLength, payloadLength, opusType);
        if (primary < 0) {
            return primary;
        }
        RedBlocks blocks = voice.blocks();
        if (blocks.payloadType(primary) != opusType) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        int timestamp = RtpHeader.timestamp(data, offset);
        lead = line.head() < 0 ? voice.lead() : 0;
        leadTicks = lead == 0 ? 0 : blocks.ticksBack(primary - lead);
        long seq = unwrap(RtpHeader.sequence(data, offset), false, timestamp, nowNanos);
        lead = 0;
        leadTicks = 0;
        if (seq < 0) {
            return (int) seq;
        }
        int filled = fillGaps(voice, data, seq, timestamp, opus, nowNanos);
        int result =
                place(
                        data,
                        offset,
                        blocks.begin(primary),
                        blocks.length(primary),
                        seq,
                        opus,
                        false,
                        audioLevelId,
                        nowNanos);
        return filled > 0 ? 0 : result;
    }

    private RedundantVoice redundantVoice() {
        RedundantVoice voice = redundant;
        if (voice == null) {
            voice = new RedundantVoice();
            redundant = voice;
        }
        return voice;
    }

    private int fillGaps(
            RedundantVoice voice,
            byte[] data,
            long seq,
            int timestamp,
            CodecFormat opus,
            long nowNanos) {
        RedBlocks blocks = voice.blocks();
        int filled = 0;
        int stretch = numbers.stretchOf(seq);
        for (int i = 0; i < blocks.primary() && stretch != Continuity.NONE; i++) {
            long missing = seq - voice.distance(i);
            if (missing >= seq || numbers.stretchOf(missing) != stretch) {
                continue;
            }
            long place = numbers.seq(stretch, missing);
            int then = numbers.timestamp(stretch, timestamp - blocks.ticksBack(i));
            if (!RedundantVoice.fits(line, place, then)) {
                continue;
            }
            MediaPacket packet = take(data, blocks.begin(i), blocks.length(i), 0, opus, nowNanos);
            packet.seq = place;
            packet.timestamp = then;
            packet.marker = false;
            packet.audioLevel = MediaPacket.NO_AUDIO_LEVEL;
            packet.startsKeyFrame = false;
            repaired++;
            repair.came(missing, nowNanos);
            voice.filled(missing);
            accept(packet);
            filled++;
        }
        return filled;
    }

    /// @param room for what else is kept
    private MediaPacket take(
            byte[] data,
            int begin,
            int payloadLength,
            int room,
            CodecFormat format,
            long nowNanos) {
        MediaPacket packet = line.pool().take(payloadLength + room);
        System.arraycopy(data, begin, packet.payload, 0, payloadLength);
        packet.payloadLength = payloadLength;
        packet.descriptorLength = 0;
        packet.format = format;
        packet.arrivalNanos = nowNanos;
        return packet;
    }

    /// Puts what the header at `offset` and the payload at `begin` make on the line.
    private int place(
            byte[] data,
            int offset,
            int begin,
            int payloadLength,
            long seq,
            CodecFormat format,
            boolean retransmitted,
            int extensionId,
            long nowNanos) {
        int timestamp = RtpHeader.timestamp(data, offset);
        if (newest && payloadLength == 0) {
            count(seq, timestamp, retransmitted, nowNanos);
            numbers.leaveOut(seq);
            return DropReason.EMPTY.code();
        }
        int stretch = numbers.stretchOf(seq);
        if (stretch == Continuity.NONE) {
            return DropReason.OUT_OF_RANGE.code();
        }
        long place = numbers.seq(stretch, seq);
        if (!line.takes(place)) {
            if (redundant != null && redundant.takeFilled(seq)) {
                repaired--; // late, not lost
                statistics.received(seq, timestamp, nowNanos);
            }
            return DropReason.DUPLICATE.code();
        }
        count(seq, timestamp, retransmitted, nowNanos);
        int room = kind == MediaKind.VIDEO && extensionId != 0 ? begin - offset : 0;
        MediaPacket packet = take(data, begin, payloadLength, room, format, nowNanos);
        packet.seq = place;
        packet.timestamp = numbers.timestamp(stretch, timestamp);
        packet.takeHeader(data, offset, kind, extensionId);
        packet.startsKeyFrame = packet.looksLikeKeyFrame();
        accept(packet);
        return 0;
    }

    private void count(long seq, int timestamp, boolean retransmitted, long nowNanos) {
        if (retransmitted) {
            repaired++;
        } else {
            statistics.received(seq, timestamp, nowNanos);
        }
        if (!newest) {
            repair.came(seq, nowNanos);
        }
    }

    private void accept(MediaPacket packet) {
        packets++;
        cacheHeld = true;
        lastSilent = packet.digitalSilence();
        if (packet.startsKeyFrame) {
            keyFrameRequests.keyFrameCame();
        }
        numbers.passed(packet.seq, packet.timestamp, packet.arrivalNanos);
        line.append(packet);
    }

    /// The packet's number without wraps, or the code of a drop reason. Raises the highest.
    private long unwrap(int seq16, boolean retransmitted, int timestamp, long nowNanos) {
        newest = false;
        if (!begun) {
            return retransmitted
                    ? DropReason.OUT_OF_RANGE.code()
                    : restart(seq16, timestamp, nowNanos);
        }
        int ahead = (short) (seq16 - (int) highestSeq);
        if (ahead > LONGEST_GAP || ahead < -LONGEST_DELAY) {
            // RFC 3550 §A.1: two in a row make a new beginning, one alone is an error.
            if (retransmitted || seq16 != seq16AfterJump) {
                seq16AfterJump = retransmitted ? seq16AfterJump : seq16 + 1 & 0xffff;
                return DropReason.OUT_OF_RANGE.code();
            }
            return restart(seq16, timestamp, nowNanos);
        }
        if (ahead <= 0) {
            return highestSeq + ahead;
        }
        newest = true;
        advance(highestSeq + ahead, timestamp, nowNanos);
        return highestSeq;
    }

    private long restart(int seq16, int timestamp, long nowNanos) {
        begun = true;
        newest = true;
        seq16AfterJump = -1;
        highestSeq = FIRST_ROUND + seq16;
        highestTimestamp = timestamp;
        highestNanos = nowNanos;
        statistics.restart(highestSeq);
        repair.forget();
        line.recordAnew();
        line.restart();
        numbers.begin(highestSeq - lead, timestamp - leadTicks, 1, nowNanos);
        wantKeyFrame();
        return highestSeq;
    }

    private void advance(long seq, int timestamp, long nowNanos) {
        if (seq > highestSeq + 1 && repairable) {
            boolean bearable = repair.missing(highestSeq + 1, seq, nowNanos);
            if (!bearable) {
                wantKeyFrame();
            }
        }
        if (timeJumped(timestamp, nowNanos)) {
            numbers.resumeRealTime(seq, timestamp, nowNanos);
            line.recordAnew();
            line.clock().forget();
        }
        highestSeq = seq;
        highestTimestamp = timestamp;
        highestNanos = nowNanos;
        seq16AfterJump = -1;
    }

    /// A step back by less than a second may be a picture sent out of order; more is a new clock.
    private boolean timeJumped(int timestamp, long nowNanos) {
        int step = timestamp - highestTimestamp;
        long elapsed = Continuity.ticks(nowNanos - highestNanos, clockRate);
        return step < -clockRate || step > elapsed + (long) TIME_JUMP_SECONDS * clockRate;
    }

    /// Another stream of the same publisher comes from now on.
    public void beginAnew() {
        begun = false;
    }

    /// The publisher's report: its timestamp at a moment of the relay's clock, and of its own.
    public void reported(int timestamp, long atNanos, long ntpTime, long nowNanos) {
        if (numbers.begun()) {
            int onLine = numbers.timestamp(numbers.newest(), timestamp);
            line.clock().set(atNanos, onLine);
            line.taps().report(nowNanos, ntpTime, onLine);
        }
    }

    /// Somebody waits for a key frame and the cached one does not help. Before the first packet it
    /// is not asked for: encoders begin with one.
    public void wantKeyFrame() {
        if (begun && kind == MediaKind.VIDEO) {
            keyFrameRequests.want();
        }
    }

    /// Whether to ask the publisher for a key frame now; then it counts as done.
    public boolean keyFrameRequestDue(long nowNanos) {
        return keyFrameRequests.due(Math.max(0, repair.roundTripNanos()), nowNanos);
    }

    /// Collects the 16-bit numbers to ask for again now.
    ///
    /// @return how many
    public int repairsDue(int[] into, long nowNanos) {
        return repair.idle() ? 0 : repair.due(into, nowNanos);
    }

    /// Whether the publisher may have to be asked for something soon.
    public boolean needsCare() {
        return !repair.idle() || keyFrameRequests.wanted() || rateAsk.urgent();
    }

    /// What its viewers want of it at most.
    public RateAsk rateAsk() {
        return rateAsk;
    }

    public void learnRoundTrip(long nanos) {
        repair.learnRoundTrip(nanos);
    }

    /// To be called for every packet on the line.
    public Activity.News heard(long nowNanos) {
        return activity.packet(lastSilent, nowNanos);
    }

    /// To be called now and then: notices silence, and gives the cache back after a while of it.
    public Activity.News look(long nowNanos) {
        if (cacheHeld && activity.silentNanos(nowNanos) > FORGET_NANOS) {
            cacheHeld = false;
            line.clear();
        }
        return activity.look(nowNanos);
    }

    /// Its publisher left.
    public Activity.News end() {
        return activity.end();
    }

    public Line line() {
        return line;
    }

    public MediaKind kind() {
        return kind;
    }

    // What reports tell.

    public ReceptionStatistics reception() {
        return statistics;
    }

    public long packets() {
        return packets;
    }

    public long repaired() {
        return repaired;
    }

    public long lost() {
        return Math.max(0, statistics.lost() - repaired);
    }

    public long lostOnTheWay() {
        return statistics.lost();
    }

    public int extendedHighestSeq() {
        return (int) (statistics.highestSeq() - FIRST_ROUND);
    }

    public long bitsPerSecond(long nowNanos) {
        return statistics.bitsPerSecond(nowNanos);
    }

    public long keyFramesRequested() {
        return keyFrameRequests.sent();
    }

    public long roundTripNanos() {
        return repair.roundTripNanos();
    }

    public long silentNanos(long nowNanos) {
        return activity.silentNanos(nowNanos);
    }
}
