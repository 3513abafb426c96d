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
/// @param beganMillis the wall clock when the first block's first packet came; 0 without a block
/// @param endedMillis the same of the last block
/// @param damage which block at which byte is wrong and how; null when none is
/// @param chain the last sound hash, in hexadecimal
public record Verdict(
        boolean sound,
        boolean closed,
        int blocks,
        long bytes,
        long tornBytes,
        long beganMillis,
        long endedMillis,
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
            return new Verdict(false, false, 0, 0, 0, 0, 0, "byte 0: " + e.getMessage(), "");
        }
        String damage = null;
        long began = 0;
        long ended = 0;
        try {
            for (var block = reader.next(); block != null; block = reader.next()) {
                began = block.number() == 0 ? block.wallMillis() : began;
                ended = block.wallMillis();
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
                began,
                ended,
                damage,
                HexFormat.of().formatHex(reader.hash()));
    }
}
