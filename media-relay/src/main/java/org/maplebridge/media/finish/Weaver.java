package org.maplebridge.media.finish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Finisher.Failed;
import org.maplebridge.media.finish.ffmpeg.PieceWriter;
import org.maplebridge.media.finish.frame.Frame;
import org.maplebridge.media.finish.frame.SoundLine;

/// Brings the frames of several strands into one file, in the order of their moments.
///
/// Thread: confined to its finishing.
final class Weaver {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int TICKS_PER_MILLI = 48;

    record Result(long durationNanos, long framesLeftOut, long concealedMillis) {}

    /// The next frame of a track.
    ///
    /// @param nanos from the piece's beginning
    private record Next(int track, Frame frame, long nanos) {}

    private final PieceWriter writer;
    private final long beginNanos;
    private final long endNanos;
    private final List<Strand> tracks = new ArrayList<>();
    private final List<SoundLine> sounds = new ArrayList<>();
    private final PriorityQueue<Next> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Next::nanos));
    private long lastNanos;

    /// @param endNanos frames after it are left out
    Weaver(PieceWriter writer, long beginNanos, long endNanos) {
        this.writer = writer;
        this.beginNanos = beginNanos;
        this.endNanos = endNanos;
    }

    Result weave(List<Strand> strands) throws IOException, Failed {
        for (Strand strand : strands) {
            Frame first = first(strand);
            if (first != null) {
                int track = tracks.size();
                writer.add(strand.codec(), strand.setup(), first.data());
                tracks.add(strand);
                sounds.add(new SoundLine((at, packet) -> sound(track, at, packet)));
                waiting.add(new Next(track, first, strand.nanosAt(first) - beginNanos));
            }
        }
        if (tracks.isEmpty()) {
            throw new Failed("nothing-there", "no recording holds anything of that time");
        }
        try {
            for (Next next = waiting.poll(); next != null; next = waiting.poll()) {
                put(next);
                Frame following = tracks.get(next.track()).next();
                if (following != null) {
                    long nanos = tracks.get(next.track()).nanosAt(following) - beginNanos;
                    if (nanos + beginNanos <= endNanos) {
                        waiting.add(new Next(next.track(), following, nanos));
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.end();
        return new Result(
                lastNanos,
                tracks.stream().mapToLong(Strand::leftOut).sum(),
                sounds.stream().mapToLong(SoundLine::concealedTicks).sum() / TICKS_PER_MILLI);
    }

    /// The first frame a player can begin with; null when there is none in the span.
    private @Nullable Frame first(Strand strand) throws IOException {
        for (Frame frame = strand.next(); frame != null; frame = strand.next()) {
            long nanos = strand.nanosAt(frame);
            if (nanos > endNanos) {
                return null;
            }
            if (frame.key() && nanos >= beginNanos) {
                return frame;
            }
        }
        return null;
    }

    private void put(Next next) throws IOException {
        Frame frame = next.frame();
        lastNanos = Math.max(lastNanos, next.nanos());
        if (tracks.get(next.track()).codec().picture()) {
            writer.frame(next.track(), next.nanos(), frame.key(), frame.data());
        } else {
            long ticks = next.nanos() * TICKS_PER_MILLI / NANOS_PER_MILLI;
            sounds.get(next.track()).add(ticks, frame.data());
        }
    }

    private void sound(int track, long atTicks, byte[] packet) {
        try {
            writer.frame(track, atTicks * NANOS_PER_MILLI / TICKS_PER_MILLI, true, packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
