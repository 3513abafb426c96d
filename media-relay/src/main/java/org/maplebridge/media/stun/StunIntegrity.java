package org.maplebridge.media.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves and seals STUN messages with one short-term password (RFC 8489 §9.1).
///
/// ICE passwords are plain ASCII, so the password's bytes are the key.
///
/// Thread: its leg's media loop.
public final class StunIntegrity {
    private static final int FINGERPRINT_XOR = 0x5354554e; // "STUN", RFC 8489 §14.7

    private final Mac mac;
    private final byte[] lengthBytes = new byte[2];

    public StunIntegrity(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /// Whether the message is well-formed, carries MESSAGE-INTEGRITY made with this password, and
    /// ends in a right FINGERPRINT, as every check must (RFC 8445 §7.1). Takes the same time
    /// wherever the first wrong byte is.
    public boolean proves(byte[] data, int offset, int length) {
        if (!StunBytes.wellFormed(data, offset, length)) {
            return false;
        }
        int at = StunBytes.find(data, offset, length, StunBytes.MESSAGE_INTEGRITY);
        if (at < 0 || StunBytes.valueLength(data, at) != StunBytes.MESSAGE_INTEGRITY_LENGTH) {
            return false;
        }
        byte[] expected = digest(data, offset, at - offset);
        int from = at + StunBytes.ATTRIBUTE_HEADER_LENGTH;
        byte[] claimed =
                java.util.Arrays.copyOfRange(data, from, from + StunBytes.MESSAGE_INTEGRITY_LENGTH);
        return MessageDigest.isEqual(expected, claimed) && fingerprintHolds(data, offset, length);
    }

    /// Adds MESSAGE-INTEGRITY and FINGERPRINT behind a message that starts at index 0 and sets its
    /// length field.
    ///
    /// @return the new length
    int seal(byte[] message, int length) {
        byte[] digest = digest(message, 0, length);
        int at = putHeader(message, length, StunBytes.MESSAGE_INTEGRITY, digest.length);
        System.arraycopy(digest, 0, message, at, digest.length);
        at += digest.length;
        int end = at + StunBytes.ATTRIBUTE_HEADER_LENGTH + StunBytes.FINGERPRINT_LENGTH;
        putUint16(message, 2, end - StunBytes.HEADER_LENGTH);
        int fingerprint = fingerprint(message, 0, at);
        at = putHeader(message, at, StunBytes.FINGERPRINT, StunBytes.FINGERPRINT_LENGTH);
        putUint16(message, at, fingerprint >>> 16);
        putUint16(message, at + 2, fingerprint);
        return end;
    }

    /// The length field counts as if the message ended behind MESSAGE-INTEGRITY (RFC 8489 §14.5).
    private byte[] digest(byte[] data, int offset, int lengthBefore) {
        int attributes =
                lengthBefore
                        - StunBytes.HEADER_LENGTH
                        + StunBytes.ATTRIBUTE_HEADER_LENGTH
                        + StunBytes.MESSAGE_INTEGRITY_LENGTH;
        putUint16(lengthBytes, 0, attributes);
        mac.update(data, offset, 2);
        mac.update(lengthBytes);
        mac.update(data, offset + 4, lengthBefore - 4);
        return mac.doFinal();
    }

    private static boolean fingerprintHolds(byte[] data, int offset, int length) {
        int at = StunBytes.find(data, offset, length, StunBytes.FINGERPRINT);
        int value = at + StunBytes.ATTRIBUTE_HEADER_LENGTH;
        return at >= 0
                && StunBytes.valueLength(data, at) == StunBytes.FINGERPRINT_LENGTH
                && value + StunBytes.FINGERPRINT_LENGTH == offset + length
                && StunBytes.int32(data, value) == fingerprint(data, offset, at - offset);
    }

    private static int fingerprint(byte[] data, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(data, offset, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    private static int putHeader(byte[] message, int at, int type, int length) {
        putUint16(message, at, type);
        putUint16(message, at + 2, length);
        return at + StunBytes.ATTRIBUTE_HEADER_LENGTH;
    }

    private static void putUint16(byte[] data, int at, int value) {
        data[at] = (byte) (value >>> 8);
        data[at + 1] = (byte) value;
    }
}
