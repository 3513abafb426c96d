package org.maplebridge.media.record.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What a file's own hashes say about it; found without any key.
///
/// @param sound whether every block is as it was written
/// @param closed whether the file ends as its writer meant it to; else the writer was killed, or
///   blocks were cut off: compare `chain` with what the journal says
/// @param blocks that are sound, from the first on
/// @param bytes of the file that they vouch for
/// @param tornBytes that a killed writer left of one more block
/// @param damage which block at which byte is wrong and how; null when none is
/// @param chain the last sound hash, in hexadecimal
public record Verdict(
        boolean sound,
        boolean closed,
        int blocks,
        long bytes,
        long tornBytes,
        @Nullable String damage,
        String chain) {
    /// Reads all of a file.
    ///
    /// @throws IOException when it cannot be read
    public static Verdict of(InputStream file) throws IOException {
        BlockReader reader;
        try {
            reader = new BlockReader(file);
        } catch (UnreadableRecording e) {
            return new Verdict(false, false, 0, 0, 0, "byte 0: " + e.getMessage(), "");
        }
        String damage = null;
        try {
            while (reader.next() != null) {
                // its hash matched
            }
        } catch (DamagedRecording e) {
            damage = e.getMessage();
        }
        return new Verdict(
                damage == null,
                reader.closed() && damage == null,
                reader.blocks(),
                reader.offset(),
                damage == null ? reader.tornBytes() : 0,
                damage,
                HexFormat.of().formatHex(reader.hash()));
    }
}
