package org.maplebridge.load.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.maplebridge.load.measure.WallClock;

/// Keeps a history beside the report: one JSON line for each event, in the order in which they came
/// in, each with the time at which it did.
///
/// Thread: any, guarded by this.
public final class HistoryFile implements Consumer<Event>, AutoCloseable {
    private final Writer out;

    public HistoryFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        out = Files.newBufferedWriter(file);
    }

    @Override
    public synchronized void accept(Event event) {
        try {
            out.write(line(event, WallClock.nanos()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(Event event, long atNanos) {
        var type = event.getClass();
        var name = type.getSimpleName();
        var text = new StringBuilder("{\"at\":").append(atNanos).append(",\"event\":\"");
        text.append(name.substring(0, 1).toLowerCase(Locale.ROOT)).append(name.substring(1));
        text.append('"');
        for (RecordComponent part : type.getRecordComponents()) {
            text.append(",\"").append(part.getName()).append("\":").append(json(event, part));
        }
        return text.append("}\n").toString();
    }

    private static String json(Event event, RecordComponent part) {
        try {
            Object value = part.getAccessor().invoke(event);
            return value instanceof String text
                    ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                    : String.valueOf(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
