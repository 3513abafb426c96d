package org.maplebridge.signaling.burst;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.BurstId;

/// Where the sound of bursts lies: a file each, in a folder for each day (UTC).
///
/// Thread: any.
public final class VoiceFiles {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern DAY_FOLDER = Pattern.compile("(\\d{4})/(\\d{2})/(\\d{2})");

    private final Path root;

    public VoiceFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /// A place for a new burst; its folder is there.
    Path place(BurstId burst, Instant since) throws IOException {
        var file = root.resolve(DAY.format(since)).resolve(burst.value() + ".opus");
        Files.createDirectories(file.getParent());
        return file;
    }

    /// How the record calls a file.
    String name(Path file) {
        return root.relativize(file).toString();
    }

    /// @param name as the record calls it
    /// @return nothing when the file is gone, or no name of ours
    public Optional<Path> find(String name) {
        var file = root.resolve(name).normalize();
        return file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(file)
                : Optional.empty();
    }

    /// Its SHA-256, hexadecimal.
    ///
    /// @param name as the record calls it
    /// @return nothing when the file is gone, or no name of ours
    Optional<String> hash(String name) throws IOException {
        var found = find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (var in = new DigestInputStream(Files.newInputStream(found.get()), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Deletes one that nobody will ask for.
    void drop(Path file) throws IOException {
        if (file.normalize().startsWith(root)) {
            Files.deleteIfExists(file);
        }
    }

    /// Deletes the folders of all days before this one, with what a killed node left there.
    ///
    /// @param held names of files that stay
    /// @return how many files
    int dropBefore(LocalDate day, Set<String> held) throws IOException {
        var sweep = new Sweep(day, held);
        try {
            Files.walkFileTree(root, sweep);
        } catch (NoSuchFileException nothingWasEverKept) {
            return 0;
        }
        return sweep.deleted;
    }

    private @Nullable LocalDate dayOf(Path folder) {
        var matcher = DAY_FOLDER.matcher(root.relativize(folder).toString().replace('\\', '/'));
        if (!matcher.matches()) {
            return null;
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        } catch (DateTimeException noDay) {
            return null;
        }
    }

    private final class Sweep extends SimpleFileVisitor<Path> {
        private final LocalDate day;
        private final Set<String> held;
        private int deleted;

        Sweep(LocalDate day, Set<String> held) {
            this.day = day;
            this.held = held;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            @Nullable Path folder = file.getParent();
            if (folder != null && isOld(folder) && !held.contains(name(file))) {
                Files.delete(file);
                deleted++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                throws IOException {
            if (isOld(folder) && isEmpty(folder)) {
                Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isEmpty(Path folder) throws IOException {
            try (var inside = Files.newDirectoryStream(folder)) {
                return !inside.iterator().hasNext();
            }
        }

        private boolean isOld(Path folder) {
            @Nullable LocalDate of = dayOf(folder);
            return of != null && of.isBefore(day);
        }
    }
}
