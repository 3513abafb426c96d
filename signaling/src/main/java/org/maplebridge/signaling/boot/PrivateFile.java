package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only the server's own account may read.
final class PrivateFile {
    private PrivateFile() {}

    /// Never readable by others, not even for a moment.
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                var mode = PosixFilePermissions.fromString("rw-------");
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
            } else {
                Files.createFile(file);
            }
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
