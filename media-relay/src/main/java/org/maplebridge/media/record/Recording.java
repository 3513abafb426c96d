package org.maplebridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One talk's file: what of it is written, and whether that is all of it.
///
/// Thread: the recorder's; [#missed] any.
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /// With a page of half a second and a look every 100 ms, a crash costs less than a second.
    private static final long UNWRITTEN_NANOS = 400_000_000L;

    private static final int TICKS_PER_MILLI = 48;

    private final SourceId channel;
    private final long epoch;
    private final Path file;
    private final OggOpusWriter writer;
    private final TalkTrack track;
    private final AtomicInteger missed = new AtomicInteger();
    private @Nullable SeekableByteChannel out;
    private boolean failed;
    private boolean pending;
    private long pendingSinceNanos;

    Recording(SourceId channel, long epoch, Path file) {
        this.channel = channel;
        this.epoch = epoch;
        this.file = file;
        this.writer = new OggOpusWriter(Long.hashCode(epoch) ^ channel.hashCode());
        this.track = new TalkTrack(writer);
    }

    /// Makes the file and its folders, for the server's own account only. One that is there already
    /// is left as it is: it is somebody else's record.
    void open() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder, FolderStore.own("rwx------"));
            }
            out =
                    Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            FolderStore.own("rw-------"));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /// A packet that found no room on its way here.
    void missed() {
        missed.incrementAndGet();
    }

    void said(long seq, int timestamp, byte[] payload, long nowNanos) {
        track.said(seq, timestamp, payload, nowNanos);
        if (!pending) {
            pending = true;
            pendingSinceNanos = nowNanos;
        }
    }

    /// Writes what is due. To be called every 100 ms.
    void write(long nowNanos) {
        track.settle(nowNanos);
        if (pending && nowNanos - pendingSinceNanos >= UNWRITTEN_NANOS) {
            writer.flush();
            pending = track.waits();
            pendingSinceNanos = nowNanos;
        }
        put(writer.take());
    }

    private void put(ByteBuffer pages) {
        SeekableByteChannel to = out;
        try {
            while (to != null && !failed && pages.hasRemaining()) {
                to.write(pages);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /// Writes the rest and closes the file.
    ///
    /// @return what became of it
    RelayEvent.Recorded end() {
        track.end();
        writer.end();
        put(writer.take());
        close();
        boolean complete = !failed && missed.get() == 0 && track.leftOut() == 0;
        if (missed.get() > 0) {
            LOG.warn("{} lacks {} packets: the disk was too slow", file, missed.get());
        }
        long durationMillis = writer.ticks() / TICKS_PER_MILLI;
        return new RelayEvent.Recorded(channel, epoch, file, durationMillis, complete);
    }

    private void close() {
        SeekableByteChannel to = out;
        out = null;
        try {
            if (to != null) {
                to.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(Exception cause) {
        if (!failed) {
            failed = true;
            LOG.error("{} cannot be written: {}", file, cause.toString());
        }
    }
}
