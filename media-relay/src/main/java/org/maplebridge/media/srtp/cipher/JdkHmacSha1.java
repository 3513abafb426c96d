package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.maplebridge.media.wire.Bytes;

/// HMAC-SHA1 of the JDK.
///
/// Thread: its leg's media loop.
final class JdkHmacSha1 implements HmacSha1 {
    private final Mac mac;
    private final byte[] trailerBytes = new byte[4];
    private final byte[] digest = new byte[20];

    JdkHmacSha1(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    @Override
    public void sign(MemorySegment memory, long offset, int length, long trailer) {
        mac.update(memory.asSlice(offset, length).asByteBuffer());
        finish(trailer);
        MemorySegment.copy(digest, 0, memory, ValueLayout.JAVA_BYTE, offset + length, TAG_LENGTH);
    }

    @Override
    public boolean verify(byte[] data, int offset, int length, long trailer) {
        mac.update(data, offset, length);
        finish(trailer);
        int different = 0;
        for (int i = 0; i < TAG_LENGTH; i++) {
            different |= digest[i] ^ data[offset + length + i];
        }
        return different == 0;
    }

    private void finish(long trailer) {
        if (trailer != NO_TRAILER) {
            Bytes.put32(trailerBytes, 0, (int) trailer);
            mac.update(trailerBytes);
        }
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("20 bytes are enough for SHA-1", e);
        }
    }

    @Override
    public void close() {}
}
