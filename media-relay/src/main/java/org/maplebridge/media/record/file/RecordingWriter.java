package org.maplebridge.media.record.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;

/// Makes a recording's bytes: takes entries, and seals them into a block when told to.
///
/// Pure. Thread: confined to its recording.
public final class RecordingWriter {
    /// A block that is longer is due at once, whatever its age.
    public static final int FULL_BYTES = 512 * 1_024;

    static final byte[] MAGIC = "MBLK".getBytes(StandardCharsets.US_ASCII);
    static final int HEAD_BYTES = 29;
    static final int LAST = 1;

    private final FileHead head;
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final Chain chain;
    private final EntryWriter entries = new EntryWriter();
    private final byte[] nonce = new byte[FileKey.NONCE_BYTES];
    private final String source;
    private @Nullable RecordedFormat format;
    private boolean open;
    private boolean formatSaid;
    private boolean stretchSaid;
    private int stretch;
    private String publisher = "";
    private long firstArrivalNanos;
    private int blocks;
    private byte[] sealed = new byte[0];

    /// @param random fresh random bytes of the length asked for, from a source fit for keys
    /// @throws GeneralSecurityException when the master key is none
    public RecordingWriter(
            RecordingKey master, String source, long madeMillis, Supplier<byte[]> random)
            throws GeneralSecurityException {
        var fileKey = new FileKey(random.get());
        byte[] fileId = Arrays.copyOf(random.get(), FileHead.ID_BYTES);
        byte[] wrapNonce = Arrays.copyOf(random.get(), FileKey.NONCE_BYTES);
        this.head = FileHead.make(master, fileKey, fileId, wrapNonce, madeMillis);
        this.key = new SecretKeySpec(fileKey.secret(), "AES");
        this.cipher = Cipher.getInstance(FileKey.CIPHER);
        this.chain = new Chain(head.hash());
        this.source = source;
    }

    /// The file's first bytes.
    public ByteBuffer head() {
        return ByteBuffer.wrap(head.bytes());
    }

    public void packet(
            RecordedFormat newFormat,
            long seq,
            int timestamp,
            boolean marker,
            boolean startsKeyFrame,
            long arrivalNanos,
            byte[] payload,
            int length) {
        begin(arrivalNanos);
        sayStretch();
        if (!formatSaid || !newFormat.equals(format)) {
            format = newFormat;
            formatSaid = true;
            entries.format(newFormat);
        }
        int flags =
                (marker ? EntryWriter.MARKER : 0) | (startsKeyFrame ? EntryWriter.KEY_FRAME : 0);
        entries.packet(seq, timestamp, flags, arrivalNanos, payload, length);
    }

    public void report(long arrivalNanos, long ntpTime, int timestamp) {
        begin(arrivalNanos);
        sayStretch();
        entries.report(arrivalNanos, ntpTime, timestamp);
    }

    /// What follows began anew.
    public void stretch(String newPublisher) {
        stretch++;
        publisher = newPublisher;
        stretchSaid = false;
    }

    private void sayStretch() {
        if (!stretchSaid) {
            stretchSaid = true;
            entries.stretch(stretch, publisher);
        }
    }

    public void missed(long arrivalNanos, int packets) {
        begin(arrivalNanos);
        entries.missed(arrivalNanos, packets);
    }

    private void begin(long arrivalNanos) {
        if (open) {
            return;
        }
        open = true;
        formatSaid = false;
        stretchSaid = false;
        firstArrivalNanos = arrivalNanos;
        entries.begin(arrivalNanos);
        if (blocks == 0) {
            entries.about(source);
        }
    }

    /// Whether anything waits to be sealed.
    public boolean open() {
        return open;
    }

    /// When the first of what waits came.
    public long firstArrivalNanos() {
        return firstArrivalNanos;
    }

    public boolean full() {
        return entries.length() >= FULL_BYTES && open;
    }

    /// The next block, of all that waits. Lent until the next call.
    ///
    /// @param wallMillis the wall clock at [#firstArrivalNanos]
    /// @param last whether the file ends with it; such a block may be empty
    public ByteBuffer seal(long wallMillis, long nowNanos, boolean last) {
        if (!open) {
            begin(nowNanos);
        }
        open = false;
        int cipherLength = entries.length() + FileKey.TAG_BYTES;
        int length = HEAD_BYTES + cipherLength + Chain.BYTES;
        if (sealed.length < length) {
            sealed = new byte[length + length / 4];
        }
        ByteBuffer.wrap(sealed)
                .put(MAGIC)
                .putInt(blocks)
                .put((byte) (last ? LAST : 0))
                .putLong(wallMillis)
                .putLong(firstArrivalNanos)
                .putInt(cipherLength);
        try {
            ByteBuffer.wrap(nonce).putInt(0).putLong(blocks);
            cipher.init(
                    Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * FileKey.TAG_BYTES, nonce));
            cipher.updateAAD(chain.last());
            cipher.updateAAD(sealed, 0, HEAD_BYTES);
            cipher.doFinal(entries.bytes(), 0, entries.length(), sealed, HEAD_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // key and lengths are ours
        }
        int hashed = HEAD_BYTES + cipherLength;
        byte[] hash = chain.next(sealed, 0, hashed);
        System.arraycopy(hash, 0, sealed, hashed, Chain.BYTES);
        chain.set(hash);
        blocks++;
        return ByteBuffer.wrap(sealed, 0, length);
    }

    /// The hash that vouches for all that was sealed so far.
    public byte[] chain() {
        return chain.last().clone();
    }

    public int blocks() {
        return blocks;
    }
}
