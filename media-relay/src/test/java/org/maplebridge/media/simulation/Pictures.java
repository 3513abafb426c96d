package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// VP8 payloads that carry who they are, so that a viewer can tell what it was shown.
public final class Pictures {
    private static final int HEAD = 1 + 10;

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

    public static Part read(byte[] payload) {
        var bytes = ByteBuffer.wrap(payload).position(HEAD);
        int source = bytes.getInt();
        int frame = bytes.getInt();
        boolean key = bytes.getInt() == 1;
        return new Part(source, frame, key, bytes.getInt(), bytes.getInt());
    }
}
