package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// VP8 payloads that carry who they are, so that a viewer can tell what it was shown.
public final class Pictures {
    private static final int HEAD = 1 + 10;
    private static final int PICTURE_ID = 3;

    private Pictures() {}

    /// What one payload says of itself.
    ///
    /// @param source whose picture it is
    /// @param frame the picture's number
    /// @param part which packet of the picture
    /// @param parts packets the picture has
    public record Part(int source, int frame, boolean key, int part, int parts) {}

    public static List<byte[]> frame(int source, int frame, boolean key, int parts, int size) {
        var payloads = new ArrayList<byte[]>();
        for (int part = 0; part < parts; part++) {
            var bytes = ByteBuffer.allocate(Math.max(size, HEAD + 20));
            bytes.put((byte) (part == 0 ? 0x10 : 0x00));
            bytes.put((byte) (key && part == 0 ? 0x00 : 0x01)).put((byte) 0).put((byte) 0);
            bytes.put((byte) 0x9d).put((byte) 0x01).put((byte) 0x2a).putInt(0x01400f0);
            bytes.putInt(source).putInt(frame).putInt(key ? 1 : 0).putInt(part).putInt(parts);
            payloads.add(bytes.array());
        }
        return payloads;
    }

    /// With a picture id, as encoders of several layers send it (RFC 7741 §4.2).
    static byte[] numbered(byte[] payload, int pictureId) {
        return ByteBuffer.allocate(payload.length + PICTURE_ID)
                .put((byte) (payload[0] | 0x80))
                .put((byte) 0x80)
                .putShort((short) (0x8000 | pictureId & 0x7fff))
                .put(payload, 1, payload.length - 1)
                .array();
    }

    /// As written, or negative when there is none.
    public static int pictureId(byte[] payload) {
        return payload[0] < 0 ? ByteBuffer.wrap(payload).getShort(2) & 0x7fff : -1;
    }

    public static Part read(byte[] payload) {
        int head = payload[0] < 0 ? HEAD + PICTURE_ID : HEAD;
        var bytes = ByteBuffer.wrap(payload).position(head);
        int source = bytes.getInt();
        int frame = bytes.getInt();
        boolean key = bytes.getInt() == 1;
        return new Part(source, frame, key, bytes.getInt(), bytes.getInt());
    }
}
