package org.maplebridge.media.record.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Goes through a file block by block and proves its chain of hashes; needs no key.
///
/// A file whose writer was killed ends in a torn block: that is no damage, and the reader ends in
/// front of it. Whatever else does not match is named with its place.
///
/// Pure: reads what it is given. Thread: confined to its reader.
final class BlockReader {
    /// Longer ones are never written: one packet beyond a full block.
    static final int MOST_SEALED = 2 * RecordingWriter.FULL_BYTES;

    private final InputStream in;
    private final FileHead head;
    private final Chain chain;
    private long offset;
    private int number;
    private boolean closed;
    private long tornBytes;

    /// @throws UnreadableRecording when it does not begin as a recording does
    BlockReader(InputStream in) throws IOException {
        this.in = in;
        byte[] first = in.readNBytes(FileHead.FIRST_BYTES);
        int length = FileHead.length(first);
        byte[] rest = length < 0 ? first : in.readNBytes(length - first.length);
        FileHead parsed = length < 0 ? null : FileHead.parse(joined(first, rest));
        if (parsed == null) {
            throw new UnreadableRecording("it does not begin as a recording does", null);
        }
        this.head = parsed;
        this.chain = new Chain(parsed.hash());
        this.offset = length;
    }

    FileHead head() {
        return head;
    }

    /// The next block, null at the end.
    ///
    /// @throws DamagedRecording when a block is not as it was written
    @Nullable StoredBlock next() throws IOException {
        byte[] begin = in.readNBytes(RecordingWriter.HEAD_BYTES);
        if (begin.length == 0 || closed) {
            if (begin.length > 0) {
                throw damaged("bytes follow the last block");
            }
            return null;
        }
        int sealed = begin.length < RecordingWriter.HEAD_BYTES ? 0 : sealedLength(begin);
        byte[] rest = sealed <= 0 ? new byte[0] : in.readNBytes(sealed + Chain.BYTES);
        if (sealed <= 0 || rest.length < sealed + Chain.BYTES) {
            tornBytes = begin.length + rest.length;
            if (sealed < 0 || anotherFollows(joined(begin, rest))) {
                throw damaged("it is no block");
            }
            return null;
        }
        return proved(joined(begin, rest));
    }

    private StoredBlock proved(byte[] block) throws DamagedRecording {
        int hashed = block.length - Chain.BYTES;
        byte[] hash = chain.next(block, 0, hashed);
        if (Arrays.mismatch(hash, 0, Chain.BYTES, block, hashed, block.length) >= 0) {
            throw damaged("its hash does not match");
        }
        ByteBuffer fields = ByteBuffer.wrap(block).position(RecordingWriter.MAGIC.length + 4);
        closed = (fields.get() & RecordingWriter.LAST) != 0;
        var stored =
                new StoredBlock(
                        offset,
                        number,
                        closed,
                        fields.getLong(),
                        fields.getLong(),
                        block,
                        chain.last());
        chain.set(hash);
        offset += block.length;
        number++;
        return stored;
    }

    /// Of a block that begins so, or -1 when none of ours does.
    private int sealedLength(byte[] begin) {
        ByteBuffer fields = ByteBuffer.wrap(begin);
        byte[] magic = new byte[RecordingWriter.MAGIC.length];
        fields.get(magic);
        int itsNumber = fields.getInt();
        int sealed = fields.getInt(RecordingWriter.HEAD_BYTES - 4);
        boolean ours = Arrays.equals(magic, RecordingWriter.MAGIC) && itsNumber == number;
        return ours && sealed >= FileKey.TAG_BYTES && sealed <= MOST_SEALED ? sealed : -1;
    }

    /// A killed writer leaves the beginning of one block and nothing after it.
    private boolean anotherFollows(byte[] rest) {
        byte[] next = new byte[RecordingWriter.MAGIC.length + 4];
        ByteBuffer.wrap(next).put(RecordingWriter.MAGIC).putInt(number + 1);
        for (int i = 1; i + next.length <= rest.length; i++) {
            if (Arrays.mismatch(next, 0, next.length, rest, i, i + next.length) < 0) {
                return true;
            }
        }
        return false;
    }

    private DamagedRecording damaged(String what) {
        return new DamagedRecording(number, offset, what);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /// Whether the file's last block was read: it was closed as it should be.
    boolean closed() {
        return closed;
    }

    /// What a killed writer left of its last block.
    long tornBytes() {
        return tornBytes;
    }

    int blocks() {
        return number;
    }

    long offset() {
        return offset;
    }

    byte[] hash() {
        return chain.last().clone();
    }
}
