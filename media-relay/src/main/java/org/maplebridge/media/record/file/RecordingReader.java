package org.maplebridge.media.record.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;

/// Reads a recording from its beginning, block by block; what a killed writer tore ends it.
///
/// Pure: reads what it is given. Thread: confined to its reader.
public final class RecordingReader {
    /// What one block holds.
    ///
    /// @param wallMillis the wall clock when its first packet came
    /// @param firstArrivalNanos the monotonic clock then: between the two of one block lies what to
    ///   add to the arrivals in it
    public record Block(long wallMillis, long firstArrivalNanos, List<Entry> entries) {
        public Block {
            entries = List.copyOf(entries);
        }

        /// The wall clock at an arrival in this block, in nanoseconds since 1970.
        public long wallNanos(long arrivalNanos) {
            return wallMillis * 1_000_000 + arrivalNanos - firstArrivalNanos;
        }
    }

    private final BlockReader blocks;
    private final SecretKeySpec key;
    private long earliestMillis = Long.MIN_VALUE;
    private long latestMillis = Long.MAX_VALUE;

    /// @param keys the master key of that name, null when there is none
    /// @throws UnreadableRecording when it is no recording or no key opens it
    public RecordingReader(InputStream in, Function<String, @Nullable RecordingKey> keys)
            throws IOException {
        this.blocks = new BlockReader(in);
        FileHead head = blocks.head();
        RecordingKey master = keys.apply(head.keyName());
        FileKey opened =
                master == null ? null : FileKey.unwrap(master, head.fileId(), head.wrappedKey());
        if (opened == null) {
            throw new UnreadableRecording(
                    "the master key '" + head.keyName() + "' is not here or does not open it",
                    null);
        }
        this.key = new SecretKeySpec(opened.secret(), "AES");
    }

    /// Leaves out blocks that begin before or after these moments. All are proved all the same.
    public RecordingReader within(long fromMillis, long toMillis) {
        earliestMillis = fromMillis;
        latestMillis = toMillis;
        return this;
    }

    /// The next block, null at the end.
    ///
    /// @throws DamagedRecording when a block is not as it was written
    public @Nullable Block next() throws IOException {
        StoredBlock stored = blocks.next();
        while (stored != null && outside(stored.wallMillis())) {
            stored = blocks.next();
        }
        if (stored == null) {
            return null;
        }
        byte[] entries = open(stored);
        return new Block(
                stored.wallMillis(),
                stored.firstArrivalNanos(),
                EntryReader.read(entries, stored.firstArrivalNanos()));
    }

    private boolean outside(long wallMillis) {
        return wallMillis < earliestMillis || wallMillis > latestMillis;
    }

    private byte[] open(StoredBlock stored) throws IOException {
        byte[] nonce = new byte[FileKey.NONCE_BYTES];
        ByteBuffer.wrap(nonce).putInt(0).putLong(stored.number());
        try {
            Cipher cipher = Cipher.getInstance(FileKey.CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * FileKey.TAG_BYTES, nonce));
            cipher.updateAAD(stored.hashBefore());
            cipher.updateAAD(stored.bytes(), 0, RecordingWriter.HEAD_BYTES);
            return cipher.doFinal(
                    stored.bytes(), RecordingWriter.HEAD_BYTES, stored.sealedLength());
        } catch (GeneralSecurityException e) {
            String what = "its hash matches, but who wrote it had not the file's key";
            throw new DamagedRecording(stored.number(), stored.offset(), what);
        }
    }

    /// Whether the file was closed as it should be; known at its end.
    public boolean closed() {
        return blocks.closed();
    }
}
