package org.maplebridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files in folders of this machine, for this process' account only.
///
/// Thread: any.
public final class FolderStore implements RecordingStore {
    /// Less than one block of a good picture.
    private static final long NO_ROOM_BYTES = 1 << 20;

    private record Open(FileChannel channel) implements Growing {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (ClosedChannelException closed) {
                // which has brought it to the disk
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                channel.force(true);
            }
        }
    }

    @Override
    public Growing make(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder, own("rwx------"));
        }
        return new Open(
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        own("rw-------")));
    }

    /// For files and folders that are this account's alone, where the file system knows of that.
    public static FileAttribute<?>[] own(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String causeOf(IOException failure, Path file) {
        if (failure instanceof FileAlreadyExistsException) {
            return "file-exists";
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            boolean full =
                    folder != null && Files.getFileStore(folder).getUsableSpace() < NO_ROOM_BYTES;
            return full ? "disk-full" : "cannot-write";
        } catch (IOException e) {
            return "cannot-write";
        }
    }
}
