package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.Datagrams;

/// AES-GCM of the JDK. Native memory is copied to the heap and back: the JDK is slower still on
/// direct buffers.
///
/// Thread: its leg's media loop.
final class JdkGcm implements Aead {
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final int mode;
    private final byte[] nonce = new byte[12];
    private final byte[] trailerBytes = new byte[4];
    private byte[] scratch = new byte[0];

    JdkGcm(byte[] key, Direction direction) {
        this.key = new SecretKeySpec(key, "AES");
        this.mode = direction == Direction.SEAL ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    @Override
    public void nonce(int high, long low) {
        Bytes.put32(nonce, 0, high);
        Bytes.put64(nonce, 4, low);
    }

    @Override
    public void seal(
            MemorySegment memory, long offset, int headerLength, int length, long trailer) {
        if (scratch.length < length + TAG_LENGTH) {
            scratch = new byte[Math.max(Datagrams.MAX_LENGTH, length) + TAG_LENGTH];
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, scratch, 0, length);
        try {
            begin(scratch, 0, headerLength, trailer);
            cipher.doFinal(scratch, headerLength, length - headerLength, scratch, headerLength);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet number was used twice", e);
        }
        int sealed = length - headerLength + TAG_LENGTH;
        MemorySegment.copy(
                scratch,
                headerLength,
                memory,
                ValueLayout.JAVA_BYTE,
                offset + headerLength,
                sealed);
    }

    @Override
    public boolean open(byte[] data, int offset, int headerLength, int length, long trailer) {
        int text = offset + headerLength;
        try {
            begin(data, offset, headerLength, trailer);
            cipher.doFinal(data, text, length - headerLength, data, text);
            return true;
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused a well-formed call", e);
        }
    }

    private void begin(byte[] data, int offset, int headerLength, long trailer)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_LENGTH, nonce));
        cipher.updateAAD(data, offset, headerLength);
        if (trailer != NO_TRAILER) {
            Bytes.put32(trailerBytes, 0, (int) trailer);
            cipher.updateAAD(trailerBytes);
        }
    }

    @Override
    public void close() {}
}
