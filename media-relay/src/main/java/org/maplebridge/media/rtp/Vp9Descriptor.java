package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Reads the VP9 payload descriptor at the head of every VP9 payload (RFC 9628 §4.2).
///
/// ```
///        0 1 2 3 4 5 6 7
///       +-+-+-+-+-+-+-+-+
///       |I|P|L|F|B|E|V|Z|
///       +-+-+-+-+-+-+-+-+
///  I:   |M| PICTURE ID  |
///  M:   | EXTENDED PID  |
///  L:   | TID |U| SID |D|
///       |   TL0PICIDX   |   unless F
///  P,F: | P_DIFF      |N|   up to three times
///  V:   | N_S |Y|G|-|-|-|   then with Y a width and a height of each resolution,
///                           with G a count of pictures and each picture's |TID|U|R|-| and R P_DIFFs
/// ```
///
/// A layer frame is what one resolution has of a picture. Positions are relative to the payload.
/// Accessors trust the payload: ask [#length] first.
///
/// Pure.
public final class Vp9Descriptor {
    public static final int ABSENT = -1;

    private static final int PICTURE_ID = 0x80;
    private static final int INTER_PREDICTED = 0x40;
    private static final int LAYERS = 0x20;
    private static final int FLEXIBLE = 0x10;
    private static final int BEGINS_FRAME = 0x08;
    private static final int ENDS_FRAME = 0x04;
    private static final int STRUCTURE = 0x02;
    private static final int MOST_REFERENCES = 3;

    private Vp9Descriptor() {}

    /// Bytes of the descriptor, or a [DropReason] code when the payload ends within it or right
    /// behind it.
    public static int length(byte[] data, int offset, int length) {
        if (length < 1) {
            return DropReason.EMPTY.code();
        }
        int size = size(data, offset, length);
        return size < 0 || size >= length ? DropReason.MALFORMED.code() : size;
    }

    private static int size(byte[] data, int offset, int length) {
        int first = Bytes.u8(data, offset);
        int at = afterLayers(data, offset, length);
        if (at < 0) {
            return ABSENT;
        }
        if ((first & INTER_PREDICTED) != 0 && (first & FLEXIBLE) != 0) {
            at = afterReferences(data, offset, length, at);
        }
        if (at >= 0 && (first & STRUCTURE) != 0) {
            at = afterStructure(data, offset, length, at);
        }
        return at;
    }

    private static int afterLayers(byte[] data, int offset, int length) {
        int at = layersAt(data, offset, length);
        int first = Bytes.u8(data, offset);
        if (at < 0 || (first & LAYERS) == 0) {
            return at;
        }
        at += (first & FLEXIBLE) != 0 ? 1 : 2;
        return at > length ? ABSENT : at;
    }

    private static int layersAt(byte[] data, int offset, int length) {
        if ((Bytes.u8(data, offset) & PICTURE_ID) == 0) {
            return 1;
        }
        if (length < 2) {
            return ABSENT;
        }
        int at = data[offset + 1] < 0 ? 3 : 2;
        return at > length ? ABSENT : at;
    }

    private static int afterReferences(byte[] data, int offset, int length, int from) {
        int at = from;
        for (int i = 0; i < MOST_REFERENCES; i++) {
            if (at >= length) {
                return ABSENT;
            }
            if ((data[offset + at++] & 1) == 0) {
                return at;
            }
        }
        return ABSENT;
    }

    private static int afterStructure(byte[] data, int offset, int length, int from) {
        if (from >= length) {
            return ABSENT;
        }
        int head = Bytes.u8(data, offset + from);
        int at = from + 1;
        if ((head & 0x10) != 0) {
            at += 4 * ((head >> 5) + 1); // width and height of each resolution
        }
        if ((head & 0x08) != 0) {
            if (at >= length) {
                return ABSENT;
            }
            int pictures = Bytes.u8(data, offset + at++);
            for (int i = 0; i < pictures; i++) {
                if (at >= length) {
                    return ABSENT;
                }
                at += 1 + (data[offset + at] >> 2 & 3);
            }
        }
        return at > length ? ABSENT : at;
    }

    /// Whether a picture begins here that refers to none before it: the lowest resolution's first
    /// packet.
    public static boolean startsKeyFrame(byte[] data, int offset, int length) {
        int first = Bytes.u8(data, offset);
        boolean begins = (first & BEGINS_FRAME) != 0 && (first & INTER_PREDICTED) == 0;
        return begins && resolution(data, offset, length) == 0;
    }

    /// First packet of a layer frame (B).
    public static boolean startsFrame(byte[] data, int offset) {
        return (Bytes.u8(data, offset) & BEGINS_FRAME) != 0;
    }

    /// Last packet of a layer frame (E).
    public static boolean endsFrame(byte[] data, int offset) {
        return (Bytes.u8(data, offset) & ENDS_FRAME) != 0;
    }

    /// Which resolution the frame is, counted from the lowest.
    public static int resolution(byte[] data, int offset, int length) {
        int at = layersAt(data, offset, length);
        boolean layers = (Bytes.u8(data, offset) & LAYERS) != 0;
        return layers && at > 0 && at < length ? data[offset + at] >> 1 & 7 : 0;
    }

    /// Whether the layer frame refers to the next lower resolution of its picture (D).
    public static boolean needsLower(byte[] data, int offset, int length) {
        int at = layersAt(data, offset, length);
        boolean layers = (Bytes.u8(data, offset) & LAYERS) != 0;
        return layers && at > 0 && at < length && (data[offset + at] & 1) != 0;
    }

    /// The picture id, or [#ABSENT].
    public static int pictureId(byte[] data, int offset) {
        if ((Bytes.u8(data, offset) & PICTURE_ID) == 0) {
            return ABSENT;
        }
        return data[offset + 1] < 0
                ? Bytes.u16(data, offset + 1) & 0x7fff
                : Bytes.u8(data, offset + 1);
    }

    /// 15 or 7: how many bits the picture id has that is there.
    public static int pictureIdBits(byte[] data, int offset) {
        return data[offset + 1] < 0 ? 15 : 7;
    }

    /// Where TL0PICIDX lies, or [#ABSENT].
    public static int tl0PicIdxAt(byte[] data, int offset, int length) {
        int first = Bytes.u8(data, offset);
        boolean there = (first & LAYERS) != 0 && (first & FLEXIBLE) == 0;
        int at = layersAt(data, offset, length);
        return there && at > 0 && at + 1 < length ? at + 1 : ABSENT;
    }
}
