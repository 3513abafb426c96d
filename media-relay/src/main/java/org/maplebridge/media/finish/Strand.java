package org.maplebridge.media.finish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.finish.frame.Av1Frames;
import org.maplebridge.media.finish.frame.Frame;
import org.maplebridge.media.finish.frame.FrameMaker;
import org.maplebridge.media.finish.frame.H264Frames;
import org.maplebridge.media.finish.frame.PacketOrder;
import org.maplebridge.media.finish.frame.Part;
import org.maplebridge.media.finish.frame.SoundFrames;
import org.maplebridge.media.finish.frame.Vp8Frames;
import org.maplebridge.media.finish.frame.Vp9Frames;
import org.maplebridge.media.finish.time.Publishers;
import org.maplebridge.media.finish.time.StreamClock;
import org.maplebridge.media.finish.time.Ticks;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordedFormat;
import org.maplebridge.media.record.file.RecordedFormat.Codec;

/// One recording on its way into a piece: read once for its clocks and key frames, and once for its
/// frames. Nothing of its media is kept in memory.
///
/// Thread: confined to its finishing.
final class Strand implements AutoCloseable {
    /// A report's way and a decoder's wait are never that long: whatever is said to have happened
    /// further from its arrival has a timestamp that says nothing.
    private static final long BELIEVED_NANOS = 5_000_000_000L;

    /// @param arrivalNanos on our wall clock
    private record Moment(int stretch, long ticks, long arrivalNanos) {}

    private final Path file;
    private final Function<String, @Nullable RecordingKey> keys;
    private final long fromMillis;
    private final long toMillis;
    private final Publishers publishers;

    private final Map<Integer, StreamClock> clocks = new HashMap<>();
    private final List<Moment> keyFrames = new ArrayList<>();
    private @Nullable Moment firstPacket;
    private @Nullable RecordedFormat format;
    private boolean otherCodecs;

    private @Nullable Walk walk;
    private final Map<Integer, Ticks> ticks = new HashMap<>();
    private final PacketOrder order = new PacketOrder();
    private @Nullable FrameMaker maker;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private boolean ended;

    /// @param fromMillis blocks before it are left out; early enough for a key frame and a report
    Strand(
            Path file,
            Function<String, @Nullable RecordingKey> keys,
            long fromMillis,
            long toMillis,
            Publishers publishers) {
        this.file = file;
        this.keys = keys;
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.publishers = publishers;
    }

    /// Once through for clocks and key frames.
    void survey() throws IOException {
        var counted = new HashMap<Integer, Ticks>();
        try (var first = new Walk(file, keys, fromMillis, toMillis)) {
            for (Entry entry = first.next(); entry != null; entry = first.next()) {
                switch (entry) {
                    case Entry.Packet packet -> survey(packet, first, counted);
                    case Entry.Report report -> survey(report, first, counted);
                    default -> throw new IllegalStateException("not told by a walk");
                }
            }
        }
    }

    private void survey(Entry.Packet packet, Walk at, Map<Integer, Ticks> counted) {
        RecordedFormat its = at.format();
        if (its == null || !isOurs(its)) {
            otherCodecs = true;
            return;
        }
        long when = unwrap(counted, at.stretch(), packet.timestamp());
        long arrival = at.wallNanos(packet.arrivalNanos());
        var moment = new Moment(at.stretch(), when, arrival);
        firstPacket = firstPacket == null ? moment : firstPacket;
        clock(at, its).arrived(when, arrival);
        if (packet.startsKeyFrame() && !isSamePicture(moment)) {
            keyFrames.add(moment);
        }
    }

    /// Of a picture whose parameter sets travel by themselves several packets say that it begins.
    private boolean isSamePicture(Moment moment) {
        return !keyFrames.isEmpty()
                && keyFrames.getLast().ticks() == moment.ticks()
                && keyFrames.getLast().stretch() == moment.stretch();
    }

    private void survey(Entry.Report report, Walk at, Map<Integer, Ticks> counted) {
        RecordedFormat its = format;
        if (its != null) {
            long when = unwrap(counted, at.stretch(), report.timestamp());
            clock(at, its).reported(when, report.ntpTime(), at.wallNanos(report.arrivalNanos()));
        }
    }

    /// What a recording begins with decides; a publisher that came back with another codec is left
    /// out.
    private boolean isOurs(RecordedFormat candidate) {
        format = format == null ? candidate : format;
        return format.codec() == candidate.codec();
    }

    private StreamClock clock(Walk at, RecordedFormat its) {
        return clocks.computeIfAbsent(
                at.stretch(), _ -> new StreamClock(publishers, at.publisher(), its.clockRate()));
    }

    private static long unwrap(Map<Integer, Ticks> counted, int stretch, int timestamp) {
        return counted.computeIfAbsent(stretch, _ -> new Ticks()).unwrap(timestamp);
    }

    /// Once all strands are surveyed.
    void settle() {
        clocks.values().forEach(StreamClock::settle);
    }

    boolean empty() {
        return firstPacket == null || format == null || codec().picture() && keyFrames.isEmpty();
    }

    Codec codec() {
        RecordedFormat its = format;
        if (its == null) {
            throw new IllegalStateException("nothing is there");
        }
        return its.codec();
    }

    /// Whether packets of another codec are left out.
    boolean otherCodecs() {
        return otherCodecs;
    }

    /// Where it would begin so that all from a moment on can be played: of pictures the last key
    /// frame before.
    long beginNanos(long wantedNanos) {
        Moment first = firstPacket;
        if (first == null) {
            throw new IllegalStateException("nothing is there");
        }
        if (!codec().picture()) {
            return Math.max(wantedNanos, nanosAt(first));
        }
        long begin = nanosAt(keyFrames.getFirst());
        for (Moment key : keyFrames) {
            long at = nanosAt(key);
            begin = at <= wantedNanos ? at : begin;
        }
        return begin;
    }

    private long nanosAt(Moment moment) {
        StreamClock clock = clocks.get(moment.stretch());
        if (clock == null) {
            throw new IllegalStateException("a stretch that was not surveyed");
        }
        long nanos = clock.nanosAt(moment.ticks());
        boolean believed = Math.abs(nanos - moment.arrivalNanos()) <= BELIEVED_NANOS;
        return believed ? nanos : moment.arrivalNanos();
    }

    /// On the wall clock, in nanoseconds since 1970.
    long nanosAt(Frame frame) {
        return nanosAt(new Moment(frame.stretch(), frame.ticks(), frame.arrivalNanos()));
    }

    /// The next frame in order, null at the end.
    @Nullable Frame next() throws IOException {
        Walk second = walk;
        if (second == null) {
            second = new Walk(file, keys, fromMillis, toMillis);
            walk = second;
        }
        while (frames.isEmpty() && !ended) {
            Entry entry = second.next();
            if (entry == null) {
                ended = true;
                order.end().forEach(this::make);
            } else if (entry instanceof Entry.Packet packet) {
                add(packet, second);
            } else if (entry instanceof Entry.Report report) {
                unwrap(ticks, second.stretch(), report.timestamp());
            }
        }
        return frames.poll();
    }

    private void add(Entry.Packet packet, Walk at) {
        RecordedFormat its = at.format();
        if (its == null || !isOurs(its)) {
            return;
        }
        long when = unwrap(ticks, at.stretch(), packet.timestamp());
        var part =
                new Part(
                        at.stretch(),
                        packet.seq(),
                        when,
                        packet.marker(),
                        at.wallNanos(packet.arrivalNanos()),
                        packet.payload());
        order.add(part).forEach(this::make);
    }

    private void make(Part part) {
        Frame frame = maker().add(part);
        if (frame != null) {
            frames.add(frame);
        }
    }

    private FrameMaker maker() {
        FrameMaker there = maker;
        if (there == null) {
            there =
                    switch (codec()) {
                        case OPUS -> new SoundFrames();
                        case VP8 -> new Vp8Frames();
                        case H264 -> new H264Frames();
                        case VP9 -> new Vp9Frames();
                        case AV1 -> new Av1Frames();
                    };
            maker = there;
        }
        return there;
    }

    byte[] setup() {
        return maker().setup();
    }

    long leftOut() {
        return maker().leftOut();
    }

    @Override
    public void close() throws IOException {
        if (walk != null) {
            walk.close();
        }
    }
}
