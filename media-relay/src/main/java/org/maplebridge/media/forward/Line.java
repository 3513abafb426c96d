package org.maplebridge.media.forward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.record.SourceTap;
import org.maplebridge.media.record.Taps;
import org.maplebridge.media.sdp.MediaKind;

/// One continuous run of packets that slots can be fed from, and who is fed from it: what a source
/// becomes on each loop that has viewers of it.
///
/// A line outlives what feeds it: a publisher that comes back goes on where it stopped.
///
/// Thread: its media loop.
public final class Line {
    /// About 4 s of a 2 Mbit/s picture.
    static final int VIDEO_PACKETS = 1_024;

    /// 5 s of 20 ms packets.
    static final int AUDIO_PACKETS = 256;

    /// A key frame older than this would make a newcomer decode more than it is worth.
    public static final long FRESH_NANOS = 2_500_000_000L;

    static final int FRESH_PACKETS = 400;

    /// Holes this close behind the newest packet are probably still being repaired.
    static final int UNSETTLED_PACKETS = 48;

    /// More in one burst are fanned out in between, long before the ring forgets the first.
    static final int BURST_PACKETS = 128;

    /// What a picture's rate is told from.
    private static final long RATE_NANOS = 500_000_000L;

    /// Enough for two seconds of 30 pictures with something left out of each.
    private static final int STRETCHES = 64;

    private static final long NEVER = -1;
    private static final int HERE = -1;

    private final SourceId id;
    private final PacketPool pool;
    private @Nullable MediaKind kind;
    private @Nullable PacketRing ring;
    private @Nullable Continuity numbers;
    private int origin = HERE;
    private int restarts;
    private final SenderClock clock = new SenderClock();
    private final Taps taps = new Taps();

    private MediaPacket[] burst = new MediaPacket[8];
    private int burstCount;
    private boolean inFanOut;

    private Slot[] slots = new Slot[4];
    private int slotCount;

    private long keyFrameSeq = NEVER;
    private int keyFrameTimestamp;
    private long keyFrameNanos;
    private long keyFrames;

    /// Whose own slots stay silent: the leg that talks into a channel must not hear itself.
    private @Nullable Object talker;

    private @Nullable Line holder;

    public Line(SourceId id, PacketPool pool) {
        this.id = id;
        this.pool = pool;
    }

    /// Prepares for packets that are numbered here, on their source's home loop.
    Continuity feed(MediaKind newKind, int clockRate) {
        if (kind != newKind) {
            begin(newKind);
            numbers = null;
        }
        Continuity current = numbers;
        if (current == null || current.clockRate() != clockRate) {
            current = new Continuity(STRETCHES, clockRate, head() + 1, 0);
            numbers = current;
        }
        origin = HERE;
        current.stop();
        return current;
    }

    /// Prepares for packets numbered on another loop.
    ///
    /// @param restartsThere how often the stream began anew there
    public void mirror(MediaKind newKind, int loop, int restartsThere) {
        if (kind != newKind || origin != loop) {
            numbers = null;
            origin = loop;
            begin(newKind);
        } else if (restarts != restartsThere) {
            restart();
        }
        restarts = restartsThere;
    }

    /// What feeds the line began anew: its next packets need not go with those before.
    void restart() {
        restarts++;
        keyFrameSeq = NEVER;
        clock.forget();
        for (int i = 0; i < slotCount; i++) {
            slots[i].beginAnew();
        }
    }

    private void begin(MediaKind newKind) {
        clear();
        kind = newKind;
        ring = new PacketRing(newKind == MediaKind.VIDEO ? VIDEO_PACKETS : AUDIO_PACKETS, pool);
        restart();
    }

    /// Takes the next packet for ring and burst.
    ///
    /// @return false when its place is taken or overtaken; then nobody keeps it
    public boolean append(MediaPacket packet) {
        if (!keep(packet)) {
            return false;
        }
        if (burstCount == burst.length) {
            burst = Arrays.copyOf(burst, burstCount * 2);
        }
        burst[burstCount++] = packet;
        return true;
    }

    /// Takes a packet for the ring alone.
    ///
    /// @return false when its place is taken or overtaken; then nobody keeps it
    public boolean keep(MediaPacket packet) {
        PacketRing into = ring;
        if (into == null || !into.takes(packet.seq)) {
            return false;
        }
        into.put(packet);
        if (packet.startsKeyFrame) {
            noteKeyFrame(packet);
        }
        return true;
    }

    /// The cached packets from the last key frame on.
    public List<MediaPacket> sinceKeyFrame() {
        var packets = new ArrayList<MediaPacket>();
        for (long seq = keyFrameSeq; keyFrameSeq != NEVER && seq <= head(); seq++) {
            MediaPacket packet = packet(seq);
            if (packet != null) {
                packets.add(packet);
            }
        }
        return packets;
    }

    private void noteKeyFrame(MediaPacket packet) {
        boolean samePicture = keyFrameSeq != NEVER && packet.timestamp == keyFrameTimestamp;
        if (samePicture) {
            keyFrameSeq = Math.min(keyFrameSeq, packet.seq);
        } else if (packet.seq > keyFrameSeq) {
            keyFrameSeq = packet.seq;
            keyFrameTimestamp = packet.timestamp;
            keyFrameNanos = packet.arrivalNanos;
            keyFrames++;
        }
    }

    /// Whether a newcomer can begin with the cached key frame: young enough, and all of what came
    /// since is here.
    public boolean fresh(long nowNanos) {
        PacketRing from = ring;
        if (from == null || keyFrameSeq == NEVER || nowNanos - keyFrameNanos > FRESH_NANOS) {
            return false;
        }
        long settled = from.head() - UNSETTLED_PACKETS;
        if (from.head() - keyFrameSeq > FRESH_PACKETS || from.get(keyFrameSeq) == null) {
            return false;
        }
        for (long seq = keyFrameSeq + 1; seq <= settled; seq++) {
            if (from.get(seq) == null) {
                return false;
            }
        }
        return true;
    }

    /// As [#fresh], for who may see nothing that arrived before.
    boolean freshSince(long earliestNanos, long nowNanos) {
        return fresh(nowNanos) && keyFrameNanos - earliestNanos >= 0;
    }

    /// What came in the last half second, in bit/s as it leaves; a key frame is an exception and
    /// does not count.
    public long bitsPerSecond(long nowNanos) {
        long bytes = 0;
        long oldest = head() - VIDEO_PACKETS;
        for (long seq = head(); seq > oldest && seq >= 0; seq--) {
            MediaPacket packet = packet(seq);
            if (packet == null) {
                continue;
            }
            if (nowNanos - packet.arrivalNanos > RATE_NANOS) {
                break;
            }
            boolean key = keyFrameSeq != NEVER && packet.timestamp == keyFrameTimestamp;
            bytes += key ? 0 : packet.payloadLength + SlotWriter.USUAL_OVERHEAD;
        }
        return bytes * 8 * 1_000_000_000L / RATE_NANOS;
    }

    /// Of the packets kept from `first` on, as they leave.
    long bytesSince(long first) {
        long bytes = 0;
        for (long seq = first; seq <= head(); seq++) {
            MediaPacket packet = packet(seq);
            bytes += packet == null ? 0 : packet.payloadLength + SlotWriter.USUAL_OVERHEAD;
        }
        return bytes;
    }

    long keyFrameSeq() {
        return keyFrameSeq;
    }

    public long keyFrames() {
        return keyFrames;
    }

    @Nullable MediaPacket packet(long seq) {
        PacketRing from = ring;
        return from == null ? null : from.get(seq);
    }

    boolean takes(long seq) {
        PacketRing into = ring;
        return into != null && into.takes(seq);
    }

    long head() {
        PacketRing from = ring;
        return from == null ? PacketRing.EMPTY : from.head();
    }

    /// Lets go of the cached packets of a line nothing came through for a while.
    public void clear() {
        taps.endBurst();
        burstCount = 0;
        keyFrameSeq = NEVER;
        PacketRing old = ring;
        if (old != null) {
            old.clear();
        }
    }

    public SourceId id() {
        return id;
    }

    public int restarts() {
        return restarts;
    }

    PacketPool pool() {
        return pool;
    }

    public @Nullable MediaKind kind() {
        return kind;
    }

    public SenderClock clock() {
        return clock;
    }

    /// Who records it.
    public Taps taps() {
        return taps;
    }

    /// A recording begins with what is kept since the last key frame, if a newcomer would: fifty
    /// that begin at once must find room. One that is from now on begins with the next packet.
    public void tap(SourceTap tap, long nowNanos) {
        record();
        taps.add(tap, !tap.fromNow() && fresh(nowNanos) ? sinceKeyFrame() : List.of());
    }

    /// As [#tap], of a recording that comes over from another layer.
    ///
    /// @param sinceKeyFrame whether it takes what is kept since then, or begins with what comes
    ///   next
    public void takeOver(SourceTap tap, boolean sinceKeyFrame) {
        record();
        taps.add(tap, sinceKeyFrame ? sinceKeyFrame() : List.of());
    }

    /// @return whether it was tapped by it
    public boolean untap(SourceTap tap) {
        record();
        return taps.remove(tap);
    }

    /// Hands what came to those who record it.
    public void record() {
        taps.take(burst, burstCount);
    }

    /// As [#record], of a stream that begins anew after it.
    void recordAnew() {
        record();
        taps.anew();
    }

    /// Whether its last key frame came before this, or none ever.
    public boolean keyFrameBefore(long nanos) {
        return keyFrameSeq == NEVER || keyFrameNanos < nanos;
    }

    // What came since the last fan-out.

    public int burstCount() {
        return burstCount;
    }

    public boolean burstHasKeyFrame() {
        for (int i = 0; i < burstCount; i++) {
            if (burst[i].startsKeyFrame) {
                return true;
            }
        }
        return false;
    }

    public MediaPacket burst(int index) {
        return burst[index];
    }

    public boolean burstFull() {
        return burstCount >= BURST_PACKETS;
    }

    public void endBurst() {
        taps.endBurst();
        burstCount = 0;
        inFanOut = false;
    }

    /// @return false when it is among the lines to be fanned out already
    boolean enterFanOut() {
        boolean entered = !inFanOut;
        inFanOut = true;
        return entered;
    }

    // Who is fed.

    void add(Slot slot) {
        if (slotCount == slots.length) {
            slots = Arrays.copyOf(slots, slotCount * 2);
        }
        slots[slotCount++] = slot;
    }

    void remove(Slot slot) {
        for (int i = 0; i < slotCount; i++) {
            if (slots[i] == slot) {
                slots[i] = slots[--slotCount];
                return;
            }
        }
    }

    public int slotCount() {
        return slotCount;
    }

    public Slot slot(int index) {
        return slots[index];
    }

    /// Of a talk group: whose voice is let through now.
    public @Nullable Line holder() {
        return holder;
    }

    void setHolder(@Nullable Line newHolder) {
        holder = newHolder;
    }

    @Nullable Object talker() {
        return talker;
    }

    public void setTalker(@Nullable Object newTalker) {
        talker = newTalker;
    }

    /// Where a slot stands in its line's ring while it does not send packets as they come: it
    /// catches up from a key frame, or its peer's downlink is paced.
    ///
    /// Thread: its media loop.
    static final class Cursor {
        /// Per tick of 5 ms: 24 packets are 46 Mbit/s, gone before a viewer notices, and no flood.
        static final int CATCH_UP_PACKETS = 24;

        static final long TICK_NANOS = 5_000_000L;

        /// Frames stay apart by more than a tick even at 60 a second.
        private static final int FASTEST_CATCH_UP = 64;

        private long next;
        private boolean anySent;
        private int sentTimestamp;
        private long sentNanos;

        /// Goes to a packet that has nothing to do with the last one.
        void startAt(long seq, long nowNanos) {
            next = seq;
            anySent = false;
            sentNanos = nowNanos;
        }

        /// The next packet that is there, over holes that may still be filled; null at the ring's
        /// head.
        @Nullable MediaPacket peek(Line from) {
            long head = from.head();
            long oldest = head - Line.VIDEO_PACKETS + 1;
            for (next = Math.max(next, oldest); next <= head; next++) {
                MediaPacket packet = from.packet(next);
                if (packet != null) {
                    return packet;
                }
            }
            return null;
        }

        /// Whether `packet`, the one [#peek] gave, begins a picture.
        boolean beginsPicture(MediaPacket packet) {
            return !anySent || packet.timestamp != sentTimestamp;
        }

        void sent(MediaPacket packet, long nowNanos) {
            sentNanos = nowNanos;
            next = packet.seq + 1;
            anySent = true;
            sentTimestamp = packet.timestamp;
        }

        /// When it last went on.
        long sentNanos() {
            return sentNanos;
        }

        /// All before this were sent or given up.
        long next() {
            return next;
        }

        /// What catching up takes: at [#CATCH_UP_PACKETS] a tick, or on a paced downlink.
        static long nanos(Line from, MediaPacket first, @Nullable Downlink paced, long nowNanos) {
            if (paced == null) {
                return (1 + (from.head() - first.seq) / CATCH_UP_PACKETS) * TICK_NANOS;
            }
            long rate = Math.max(1, paced.pictureBitsPerSecond(nowNanos));
            return from.bytesSince(first.seq) * 8_000_000_000L / rate;
        }

        /// So fast that the cached run's timestamps last as long as sending it does. A receiver
        /// that saw them at their old distance would play the whole run, late for ever after.
        static int speed(MediaPacket first, MediaPacket last, long sendingNanos, int clockRate) {
            long sending = Math.max(1, Continuity.ticks(sendingNanos, clockRate));
            long media = Math.max(0, last.timestamp - first.timestamp);
            return (int) Math.clamp(media / sending, 1, FASTEST_CATCH_UP);
        }
    }
}
