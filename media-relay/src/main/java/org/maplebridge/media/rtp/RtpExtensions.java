package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;

/// Finds header extension elements in one-byte and two-byte form (RFC 8285 §4.2, §4.3).
///
/// The packet must have passed [RtpHeader#validate]. Elements whose length runs over the extension
/// end the search; what is before them still counts.
public final class RtpExtensions {
    public static final int NOT_FOUND = -1;

    static final int ONE_BYTE_PROFILE = 0xbede;
    static final int TWO_BYTE_PROFILE = 0x1000;

    private RtpExtensions() {}

    /// Place and length of the first element with this id, for [#position] and [#length]; or
    /// [#NOT_FOUND].
    public static int find(byte[] data, int offset, int id) {
        if (!RtpHeader.hasExtension(data, offset)) {
            return NOT_FOUND;
        }
        int head = RtpHeader.csrcEnd(data, offset);
        int profile = Bytes.u16(data, offset + head);
        int at = head + 4;
        int end = at + 4 * Bytes.u16(data, offset + head + 2);
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(data, offset, at, end, id);
        }
        if ((profile & 0xfff0) == TWO_BYTE_PROFILE) { // low four bits belong to the application
            return findTwoByte(data, offset, at, end, id);
        }
        return NOT_FOUND;
    }

    /// Array index of a found element's first byte.
    public static int position(int offset, int found) {
        return offset + (found & 0xffff);
    }

    /// Bytes of a found element: 1 to 16 in one-byte form, 0 to 255 in two-byte form.
    public static int length(int found) {
        return found >>> 16;
    }

    /// Value of a one-byte element such as the audio level, or [#NOT_FOUND].
    public static int read8(byte[] data, int offset, int id) {
        int found = find(data, offset, id);
        return found != NOT_FOUND && length(found) >= 1
                ? Bytes.u8(data, position(offset, found))
                : NOT_FOUND;
    }

    /// Value of a two-byte element such as the transport-wide sequence number, or [#NOT_FOUND].
    public static int read16(byte[] data, int offset, int id) {
        int found = find(data, offset, id);
        return found != NOT_FOUND && length(found) >= 2
                ? Bytes.u16(data, position(offset, found))
                : NOT_FOUND;
    }

    private static int findOneByte(byte[] data, int offset, int from, int end, int id) {
        int at = from;
        while (at < end) {
            int head = Bytes.u8(data, offset + at);
            int elementId = head >> 4;
            if (elementId == 15) { // reserved: stop here (RFC 8285 §4.2)
                return NOT_FOUND;
            }
            if (elementId == 0) { // padding; a length beside id 0 means nothing
                at++;
                continue;
            }
            int length = (head & 0x0f) + 1;
            if (at + 1 + length > end) {
                return NOT_FOUND;
            }
            if (elementId == id) {
                return length << 16 | at + 1;
            }
            at += 1 + length;
        }
        return NOT_FOUND;
    }

    private static int findTwoByte(byte[] data, int offset, int from, int end, int id) {
        int at = from;
        while (at < end) {
            int elementId = Bytes.u8(data, offset + at);
            if (elementId == 0) {
                at++;
                continue;
            }
            if (at + 2 > end) {
                return NOT_FOUND;
            }
            int length = Bytes.u8(data, offset + at + 1);
            if (at + 2 + length > end) {
                return NOT_FOUND;
            }
            if (elementId == id) {
                return length << 16 | at + 2;
            }
            at += 2 + length;
        }
        return NOT_FOUND;
    }
}
