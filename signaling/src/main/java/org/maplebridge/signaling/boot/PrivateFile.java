package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Files that only the server's own account may read.
public final class PrivateFile {
    private PrivateFile() {}

    /// For a directory that is there already, whoever made it has chosen.
    public static void directory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        @Nullable Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (hasModes()) {
            var mode = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
        } else {
            Files.createDirectory(directory);
        }
    }

    /// Never readable by others, not even for a moment.
    public static void write(Path file, String text) throws IOException {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            directory(parent);
        }
        if (!Files.exists(file)) {
            if (hasModes()) {
                var mode = PosixFilePermissions.fromString("rw-------");
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
            } else {
                Files.createFile(file);
            }
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static boolean hasModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
