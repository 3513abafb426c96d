package org.maplebridge.media.finish;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Finisher.Piece;

/// A piece as one line between two processes; its fields in order, parted by tabs.
final class PieceLine {
    private static final int FIELDS = 7;

    private PieceLine() {}

    static String write(Piece piece) {
        return String.join(
                "\t",
                piece.file().toString(),
                text(piece.sheet()),
                text(piece.peaks()),
                Long.toString(piece.beganMillis()),
                Long.toString(piece.durationMillis()),
                Long.toString(piece.framesLeftOut()),
                Long.toString(piece.concealedMillis()));
    }

    /// Null when it is no such line.
    static @Nullable Piece read(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return null;
        }
        try {
            return new Piece(
                    Path.of(fields[0]),
                    path(fields[1]),
                    path(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]),
                    Long.parseLong(fields[6]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String text(@Nullable Path path) {
        return path == null ? "" : path.toString();
    }

    private static @Nullable Path path(String text) {
        return text.isEmpty() ? null : Path.of(text);
    }
}
