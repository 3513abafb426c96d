package org.maplebridge.signaling.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;

/// Where pictures and videos lie: unfinished ones by their id, finished ones in a folder for each
/// day (UTC). All names are made here. The folder may be one that several nodes share.
///
/// Thread: any; one at a time for each picture.
public final class EvidenceFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path root;
    private final Path unfinished;

    public EvidenceFiles(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.unfinished = this.root.resolve("unfinished");
        Files.createDirectories(unfinished);
    }

    /// How many bytes of it are here.
    long length(Evidence evidence) throws IOException {
        Optional<Path> file = find(evidence);
        return file.isPresent() ? Files.size(file.get()) : 0;
    }

    /// All of it, or what has come so far.
    public Optional<Path> find(Evidence evidence) {
        Path whole = whole(evidence);
        Path part = part(evidence);
        return isFile(whole)
                ? Optional.of(whole)
                : isFile(part) ? Optional.of(part) : Optional.empty();
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// To write more of it; nothing but its owner reads it.
    FileChannel open(Evidence evidence) throws IOException {
        return FileChannel.open(
                part(evidence), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /// Its first bytes, as many as there are.
    byte[] head(Evidence evidence, int most) throws IOException {
        try (InputStream in = read(evidence)) {
            return in.readNBytes(most);
        }
    }

    /// Of as much as is here, in lower-case hex.
    String sha256(Evidence evidence) throws IOException {
        MessageDigest digest = Checksum.sha256();
        var buffer = new byte[BUFFER_BYTES];
        try (InputStream in = read(evidence)) {
            for (int count; (count = in.read(buffer)) > 0; ) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private InputStream read(Evidence evidence) throws IOException {
        return Files.newInputStream(find(evidence).orElse(part(evidence)));
    }

    /// Gives a proved one its place. What is there after this is there after a sudden end.
    void keep(Evidence evidence) throws IOException {
        Path whole = whole(evidence);
        if (isFile(whole)) {
            return;
        }
        Path folder = parent(whole);
        Files.createDirectories(folder);
        try (var channel = FileChannel.open(part(evidence), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part(evidence), whole, StandardCopyOption.ATOMIC_MOVE);
        for (Path at = folder; at.startsWith(root); at = parent(at)) {
            sync(at);
        }
    }

    /// A folder that was made is an entry of the one above.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path path) {
        @Nullable Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("no folder above " + path);
        }
        return parent;
    }

    /// One that nobody will ask for.
    void drop(Evidence evidence) throws IOException {
        Files.deleteIfExists(part(evidence));
        Files.deleteIfExists(whole(evidence));
    }

    /// Deletes what is unfinished and was not written to since.
    ///
    /// @return how many files
    int sweep(Instant before) throws IOException {
        int swept = 0;
        try (var files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
                        && Files.deleteIfExists(file)) {
                    swept++;
                }
            }
        }
        return swept;
    }

    /// Bytes that still fit onto the disk.
    long room() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    private Path part(Evidence evidence) {
        return unfinished.resolve(evidence.id().value());
    }

    private Path whole(Evidence evidence) {
        return root.resolve(evidence.file());
    }

    /// Writes until nothing more comes, as long as it is still this one's turn.
    ///
    /// @return how many bytes were written
    static long pour(
            InputStream from, FileChannel into, long most, Checksum checksum, Turns.Turn turn)
            throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long written = 0;
        while (true) {
            int count = Line.read(from, buffer);
            if (count < 0) {
                return written;
            }
            if (written + count > most) {
                throw new Line.TooLong();
            }
            if (!turn.write(() -> write(into, buffer, count))) {
                throw new Line.Superseded();
            }
            checksum.update(buffer, count);
            written += count;
        }
    }

    private static void write(FileChannel into, byte[] buffer, int count) throws IOException {
        var bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
            into.write(bytes);
        }
    }
}
