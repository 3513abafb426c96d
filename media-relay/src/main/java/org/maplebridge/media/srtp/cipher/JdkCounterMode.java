package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.Datagrams;

/// AES counter mode of the JDK; native memory is copied to the heap and back.
///
/// Thread: its leg's media loop.
final class JdkCounterMode implements CounterMode {
    private final SecretKeySpec key;
    private final Cipher cipher;
    private final byte[] counter = new byte[16];
    private byte[] scratch = new byte[0];

    JdkCounterMode(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    @Override
    public void start(long high, long low) {
        Bytes.put64(counter, 0, high);
        Bytes.put64(counter, 8, low);
    }

    @Override
    public void apply(MemorySegment memory, long offset, int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(Datagrams.MAX_LENGTH, length)];
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, scratch, 0, length);
        apply(scratch, 0, length);
        MemorySegment.copy(scratch, 0, memory, ValueLayout.JAVA_BYTE, offset, length);
    }

    @Override
    public void apply(byte[] data, int offset, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            cipher.doFinal(data, offset, length, data, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused a well-formed call", e);
        }
    }

    @Override
    public void close() {}
}
