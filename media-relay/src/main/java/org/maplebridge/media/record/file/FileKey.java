package org.maplebridge.media.record.file;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RecordingKey;

/// The key of one file, and the envelope it is kept in: AES-256-GCM under the master key, bound to
/// the file's id.
///
/// Thread: any, immutable.
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record FileKey(byte[] secret) {
    static final int BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    static final int WRAPPED_BYTES = NONCE_BYTES + BYTES + TAG_BYTES;
    static final String CIPHER = "AES/GCM/NoPadding";

    /// @param nonce never used before under this master key
    byte[] wrap(RecordingKey master, byte[] fileId, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, master.secret(), nonce);
        cipher.updateAAD(fileId);
        byte[] wrapped = Arrays.copyOf(nonce, WRAPPED_BYTES);
        cipher.doFinal(secret, 0, BYTES, wrapped, NONCE_BYTES);
        return wrapped;
    }

    /// Null when it is another master key's, or damaged.
    static @Nullable FileKey unwrap(RecordingKey master, byte[] fileId, byte[] wrapped) {
        try {
            byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, master.secret(), nonce);
            cipher.updateAAD(fileId);
            return new FileKey(cipher.doFinal(wrapped, NONCE_BYTES, WRAPPED_BYTES - NONCE_BYTES));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    static Cipher cipher(int mode, byte[] secret, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        return cipher;
    }
}
