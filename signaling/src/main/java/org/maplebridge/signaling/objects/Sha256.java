package org.maplebridge.signaling.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The hash by which files are known again.
public final class Sha256 {
    private static final int PIECE_BYTES = 1 << 16;

    private Sha256() {}

    /// @return of all of the file, in hexadecimal
    public static String of(Path file) throws IOException {
        var digest = digest();
        var piece = ByteBuffer.allocate(PIECE_BYTES);
        try (var channel = FileChannel.open(file)) {
            while (channel.read(piece) >= 0) {
                digest.update(piece.flip());
                piece.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
