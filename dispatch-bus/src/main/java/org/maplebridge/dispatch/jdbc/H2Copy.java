package org.maplebridge.dispatch.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// A copy of the embedded database while it is in use. H2 writes it as a ZIP; what comes out is the
/// file that it would open, and it has been opened once to make it small.
final class H2Copy {
    private H2Copy() {}

    static void write(Database database, Path copy) throws RecordUnavailable, IOException {
        Path zip = beside(copy, ".zip");
        Path half = beside(copy, ".half.mv.db");
        try {
            Files.deleteIfExists(half);
            Files.deleteIfExists(zip);
            String quoted = zip.toString().replace("'", "''");
            database.command("backup to '" + quoted + "'");
            unpack(zip, half);
            H2Tidying.tidy(half);
            Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(zip);
            Files.deleteIfExists(half);
        }
    }

    private static Path beside(Path copy, String ending) {
        return copy.resolveSibling(copy.getFileName() + ending).toAbsolutePath();
    }

    private static void unpack(Path zip, Path file) throws IOException {
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            for (@Nullable ZipEntry entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".mv.db")) {
                    Files.copy(entries, file);
                    return;
                }
            }
        }
        throw new IOException("no database in " + zip);
    }
}
