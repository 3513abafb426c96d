package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An open bitstream unit (OBU) that says its size (AV1 bitstream specification, 5.2 and 5.3).
///
/// @param bytes header and all
/// @param begin where its own begin, behind header and size
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Av1Unit(int type, byte[] bytes, int begin) {
    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int FRAME_HEADER = 3;
    static final int FRAME = 6;

    private static final int TILE_LIST = 8;
    private static final int FORBIDDEN = 0x80;
    private static final int EXTENSION = 0x04;
    private static final int HAS_SIZE = 0x02;

    /// @param sent as packets carry it, with or without its size
    /// @return null when it is none
    static @Nullable Av1Unit read(byte[] sent) {
        if (sent.length == 0 || (sent[0] & FORBIDDEN) != 0) {
            return null;
        }
        int head = (sent[0] & EXTENSION) != 0 ? 2 : 1;
        int begin = head;
        if (sent.length < head) {
            return null;
        }
        if ((sent[0] & HAS_SIZE) != 0) {
            int length = Leb128.length(sent, head, sent.length);
            begin += length;
            if (length == 0 || Leb128.read(sent, head, length) != sent.length - begin) {
                return null;
            }
        }
        var out = new ByteArrayOutputStream();
        out.write(sent[0] | HAS_SIZE);
        out.write(sent, 1, head - 1);
        Leb128.write(sent.length - begin, out);
        int ownBegin = out.size();
        out.write(sent, begin, sent.length - begin);
        return new Av1Unit(sent[0] >> 3 & 0x0f, out.toByteArray(), ownBegin);
    }

    byte[] own() {
        return Arrays.copyOfRange(bytes, begin, bytes.length);
    }

    /// How long one as [#read] makes it is up to its own bytes.
    static int head(byte[] data, int at) {
        int head = (data[at] & EXTENSION) != 0 ? 2 : 1;
        return head + Leb128.length(data, at + head, data.length);
    }

    /// Which resolution it is of, counted from the lowest.
    int resolution() {
        return (bytes[0] & EXTENSION) != 0 ? bytes[1] >> 3 & 3 : 0;
    }

    /// Whether files have it: what parts pictures from each other is the container's matter there
    /// ("AV1 Codec ISO Media File Format Binding", 2.4).
    boolean isKept() {
        return type != TEMPORAL_DELIMITER && type != TILE_LIST;
    }

    boolean isFrame() {
        return type == FRAME || type == FRAME_HEADER;
    }

    /// Of a frame: whether it is a key frame of its own (5.9.2: `show_existing_frame`,
    /// `frame_type`).
    boolean isKeyFrame() {
        return begin < bytes.length && (bytes[begin] & 0xe0) == 0;
    }
}
