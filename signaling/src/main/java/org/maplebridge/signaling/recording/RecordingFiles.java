package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.maplebridge.dispatch.recording.Recording;

/// Where recordings lie: a file each, in a folder for each day (UTC), encrypted.
///
/// Thread: any.
public final class RecordingFiles {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path root;

    public RecordingFiles(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        Files.createDirectories(this.root);
    }

    /// How the record calls the file of a new recording.
    static String name(String recording, Instant since) {
        return DAY.format(since) + "/" + recording + ".rec";
    }

    Path place(String name) {
        var file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException("outside of its folder");
        }
        return file;
    }

    /// @return nothing when the file is not here, or no name of ours
    public Optional<Path> find(Recording recording) {
        var file = root.resolve(recording.file()).normalize();
        return file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(file)
                : Optional.empty();
    }

    /// Room for more, in bytes.
    public long free() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // nobody knows; a full disk tells by itself
        }
    }
}
