package org.maplebridge.media.record.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;

/// The first bytes of a file: whose key opens it, and where its chain of hashes begins.
///
/// Thread: any, immutable.
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record FileHead(byte[] bytes, byte[] fileId, long madeMillis, String keyName, byte[] wrappedKey) {
    static final byte[] MAGIC = "MPLBREC1".getBytes(StandardCharsets.US_ASCII);
    static final int ID_BYTES = 16;

    /// Up to its length.
    static final int FIRST_BYTES = MAGIC.length + 2;

    private static final int FIXED_BYTES =
            FIRST_BYTES + ID_BYTES + 8 + 1 + FileKey.WRAPPED_BYTES + Chain.BYTES;
    private static final int LONGEST_NAME = 255;

    static FileHead make(
            RecordingKey master, FileKey key, byte[] fileId, byte[] nonce, long madeMillis)
            throws GeneralSecurityException {
        byte[] name = master.name().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME || master.secret().length != FileKey.BYTES) {
            throw new GeneralSecurityException("no master key of a recording");
        }
        byte[] wrapped = key.wrap(master, fileId, nonce);
        byte[] head = new byte[FIXED_BYTES + name.length];
        ByteBuffer.wrap(head)
                .put(MAGIC)
                .putShort((short) head.length)
                .put(fileId)
                .putLong(madeMillis)
                .put((byte) name.length)
                .put(name)
                .put(wrapped);
        int hashed = head.length - Chain.BYTES;
        byte[] hash = Chain.sha256().digest(Arrays.copyOf(head, hashed));
        System.arraycopy(hash, 0, head, hashed, Chain.BYTES);
        return new FileHead(head, fileId, madeMillis, master.name(), wrapped);
    }

    /// How long the head is that begins so, or -1 when it is none.
    static int length(byte[] first) {
        if (first.length < FIRST_BYTES || Arrays.mismatch(MAGIC, first) != MAGIC.length) {
            return -1;
        }
        int length = ByteBuffer.wrap(first).getShort(MAGIC.length) & 0xffff;
        return length < FIXED_BYTES || length > FIXED_BYTES + LONGEST_NAME ? -1 : length;
    }

    /// Null when it does not match its hash.
    static @Nullable FileHead parse(byte[] head) {
        if (length(head) != head.length) {
            return null;
        }
        int hashed = head.length - Chain.BYTES;
        byte[] hash = Chain.sha256().digest(Arrays.copyOf(head, hashed));
        if (Arrays.mismatch(hash, 0, Chain.BYTES, head, hashed, head.length) >= 0) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(head).position(FIRST_BYTES);
        byte[] fileId = new byte[ID_BYTES];
        in.get(fileId);
        long madeMillis = in.getLong();
        byte[] name = new byte[in.get() & 0xff];
        if (name.length != head.length - FIXED_BYTES) {
            return null;
        }
        in.get(name);
        byte[] wrapped = new byte[FileKey.WRAPPED_BYTES];
        in.get(wrapped);
        return new FileHead(
                head, fileId, madeMillis, new String(name, StandardCharsets.UTF_8), wrapped);
    }

    byte[] hash() {
        return Arrays.copyOfRange(bytes, bytes.length - Chain.BYTES, bytes.length);
    }
}
