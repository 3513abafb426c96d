package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Reads the VP8 payload descriptor at the head of every VP8 payload.
///
/// ```
///        0 1 2 3 4 5 6 7        RFC 7741 §4.2
///       |X|R|N|S|R| PID |
///  X:   |I|L|T|K| RSV   |
///  I:   |M| PictureID   |  (M: 15 bits, a second byte follows)
///  L:   |   TL0PICIDX   |
///  T/K: |TID|Y| KEYIDX  |
/// ```
///
/// Positions are relative to the payload. Accessors trust the payload: ask [#length] first.
public final class Vp8Descriptor {
    public static final int ABSENT = -1;

    private Vp8Descriptor() {}

    /// Bytes of the descriptor, or a [DropReason] code when the payload ends within it or right
    /// behind it.
    public static int length(byte[] data, int offset, int length) {
        if (length < 1) {
            return DropReason.EMPTY.code();
        }
        if (data[offset] >= 0) {
            return length > 1 ? 1 : DropReason.MALFORMED.code();
        }
        if (length < 3) {
            return DropReason.MALFORMED.code();
        }
        int flags = Bytes.u8(data, offset + 1);
        int size = 2;
        if ((flags & 0x80) != 0) {
            size += data[offset + 2] < 0 ? 2 : 1;
        }
        size += (flags & 0x40) != 0 ? 1 : 0;
        size += (flags & 0x30) != 0 ? 1 : 0;
        return size < length ? size : DropReason.MALFORMED.code();
    }

    /// First packet of a frame: first partition's start (S = 1, PID = 0).
    public static boolean startsFrame(byte[] data, int offset) {
        return (data[offset] & 0x1f & ~0x08) == 0x10;
    }

    /// Whether no later frame depends on this one (N).
    public static boolean nonReference(byte[] data, int offset) {
        return (data[offset] & 0x20) != 0;
    }

    /// Where the picture id lies, or [#ABSENT].
    public static int pictureIdAt(byte[] data, int offset) {
        return (flags(data, offset) & 0x80) != 0 ? 2 : ABSENT;
    }

    /// 15 or 7: how many bits the picture id at [#pictureIdAt] has.
    public static int pictureIdBits(byte[] data, int offset) {
        return data[offset + 2] < 0 ? 15 : 7;
    }

    /// The picture id, or [#ABSENT].
    public static int pictureId(byte[] data, int offset) {
        if (pictureIdAt(data, offset) == ABSENT) {
            return ABSENT;
        }
        return pictureIdBits(data, offset) == 15
                ? Bytes.u16(data, offset + 2) & 0x7fff
                : Bytes.u8(data, offset + 2);
    }

    /// Where TL0PICIDX lies, or [#ABSENT].
    public static int tl0PicIdxAt(byte[] data, int offset) {
        int flags = flags(data, offset);
        return (flags & 0x40) != 0 ? afterPictureId(data, offset, flags) : ABSENT;
    }

    /// Temporal layer, or [#ABSENT] when the encoder says none.
    public static int temporalLayer(byte[] data, int offset) {
        int flags = flags(data, offset);
        if ((flags & 0x20) == 0) {
            return ABSENT;
        }
        int at = afterPictureId(data, offset, flags) + ((flags & 0x40) != 0 ? 1 : 0);
        return Bytes.u8(data, offset + at) >> 6;
    }

    private static int flags(byte[] data, int offset) {
        return data[offset] < 0 ? Bytes.u8(data, offset + 1) : 0;
    }

    private static int afterPictureId(byte[] data, int offset, int flags) {
        if ((flags & 0x80) == 0) {
            return 2;
        }
        return data[offset + 2] < 0 ? 4 : 3;
    }
}
