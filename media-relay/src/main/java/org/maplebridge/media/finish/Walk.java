package org.maplebridge.media.finish;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordedFormat;
import org.maplebridge.media.record.file.RecordingReader;

/// Once through a recording, or through some time of it, entry by entry.
///
/// Thread: confined to its finishing.
final class Walk implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final InputStream in;
    private final RecordingReader reader;
    private Iterator<Entry> entries = List.<Entry>of().iterator();
    private RecordingReader.@Nullable Block first;
    private int stretch;
    private String publisher = "";
    private @Nullable RecordedFormat format;

    Walk(Path file, Function<String, @Nullable RecordingKey> keys, long fromMillis, long toMillis)
            throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            reader = new RecordingReader(in, keys).within(fromMillis, toMillis);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /// The next packet or report, null at the end.
    @Nullable Entry next() throws IOException {
        while (true) {
            while (entries.hasNext()) {
                switch (entries.next()) {
                    case Entry.Stretch(int number, String its) -> {
                        stretch = number;
                        publisher = its;
                    }
                    case Entry.Format(RecordedFormat its) -> format = its;
                    case Entry.Packet packet -> {
                        return packet;
                    }
                    case Entry.Report report -> {
                        return report;
                    }
                    case Entry.About _, Entry.Missed _ -> {}
                }
            }
            var block = reader.next();
            if (block == null) {
                return null;
            }
            first = first == null ? block : first;
            entries = block.entries().iterator();
        }
    }

    /// Of the entry at hand, counted from 1.
    int stretch() {
        return stretch;
    }

    /// Of the stretch.
    String publisher() {
        return publisher;
    }

    /// Of the packet at hand.
    @Nullable RecordedFormat format() {
        return format;
    }

    /// An arrival on the wall clock, in nanoseconds since 1970. Told from the first block alone: a
    /// wall clock that is set meanwhile does not tear the recording apart.
    long wallNanos(long arrivalNanos) {
        var from = first;
        return from == null ? arrivalNanos : from.wallNanos(arrivalNanos);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
