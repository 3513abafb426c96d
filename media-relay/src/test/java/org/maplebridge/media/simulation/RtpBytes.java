package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// One RTP packet as a peer writes and reads it: written out in full, sharing nothing with the code
/// under test.
///
/// @param extensions id → value; in one-byte form where all of them fit
public record RtpBytes(
        int payloadType,
        boolean marker,
        int seq16,
        int timestamp,
        int ssrc,
        Map<Integer, byte[]> extensions,
        byte[] payload) {
    public byte[] toBytes() {
        boolean wide = extensions.values().stream().anyMatch(value -> value.length > 16);
        int words = 0;
        for (byte[] value : extensions.values()) {
            words += (wide ? 2 : 1) + value.length;
        }
        words = (words + 3) / 4;
        var bytes =
                ByteBuffer.allocate(
                        12 + (extensions.isEmpty() ? 0 : 4 + 4 * words) + payload.length);
        bytes.put((byte) (extensions.isEmpty() ? 0x80 : 0x90));
        bytes.put((byte) (payloadType | (marker ? 0x80 : 0)));
        bytes.putShort((short) seq16).putInt(timestamp).putInt(ssrc);
        if (!extensions.isEmpty()) {
            bytes.putShort((short) (wide ? 0x1000 : 0xbede)).putShort((short) words);
            int end = bytes.position() + 4 * words;
            extensions.forEach((id, value) -> {
                if (wide) {
                    bytes.put(id.byteValue()).put((byte) value.length).put(value);
                } else {
                    bytes.put((byte) (id << 4 | value.length - 1)).put(value);
                }
            });
            bytes.position(end);
        }
        return bytes.put(payload).array();
    }

    public static RtpBytes parse(byte[] data) {
        var bytes = ByteBuffer.wrap(data);
        int first = bytes.get();
        if ((first & 0xc0) != 0x80 || (first & 0x0f) != 0) {
            throw new AssertionError("version or CSRCs: " + Integer.toHexString(first));
        }
        int second = bytes.get();
        int seq16 = bytes.getShort() & 0xffff;
        int timestamp = bytes.getInt();
        int ssrc = bytes.getInt();
        var extensions = new HashMap<Integer, byte[]>();
        if ((first & 0x10) != 0) {
            int profile = bytes.getShort() & 0xffff;
            boolean wide = profile == 0x1000;
            if (profile != 0xbede && !wide) {
                throw new AssertionError("extension profile");
            }
            int end = bytes.position() + 2 + 4 * (bytes.getShort(bytes.position()) & 0xffff);
            bytes.position(bytes.position() + 2);
            while (bytes.position() < end) {
                int head = bytes.get() & 0xff;
                if (head != 0) {
                    byte[] value = new byte[wide ? bytes.get() & 0xff : (head & 15) + 1];
                    bytes.get(value);
                    extensions.put(wide ? head : head >> 4, value);
                }
            }
        }
        int padding = (first & 0x20) == 0 ? 0 : data[data.length - 1] & 0xff;
        if (padding > bytes.remaining()) {
            throw new AssertionError(padding + " bytes of padding of " + bytes.remaining());
        }
        byte[] payload = Arrays.copyOfRange(data, bytes.position(), data.length - padding);
        return new RtpBytes(second & 0x7f, second < 0, seq16, timestamp, ssrc, extensions, payload);
    }
}
