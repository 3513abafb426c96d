package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keeps the picture ids and TL0PICIDX of one VP8 or VP9 stream going on where it is fed by several
/// encoders, or several resolutions of one, after the other (RFC 7741 §4.2, RFC 9628 §4.2): players
/// put pictures in order by them.
///
/// Thread: confined to its stream's.
public final class PictureNumbers {
    private static final int PICTURES = 0x7fff;
    private static final int BASE_PICTURES = 0xff;

    /// Where a descriptor has its picture id.
    private static final int VP8_PICTURE_AT = 2;

    private static final int VP9_PICTURE_AT = 1;

    private boolean any;
    private boolean pending;
    private int pictureShift;
    private int baseShift;
    private int lastPicture;
    private int lastBase;

    /// The next packet is the first of another encoder's, or of another run of the same.
    public void begin() {
        pending = true;
    }

    /// Writes over what was copied of a VP8 payload to `at`.
    public void writeVp8(byte[] payload, int length, MemorySegment into, long at) {
        if (Vp8Descriptor.length(payload, 0, length) >= 0) {
            int picture = Vp8Descriptor.pictureId(payload, 0);
            int baseAt = Vp8Descriptor.tl0PicIdxAt(payload, 0);
            if (picture != Vp8Descriptor.ABSENT) {
                boolean wide = Vp8Descriptor.pictureIdBits(payload, 0) == 15;
                write(payload, picture, wide, baseAt, into, at, VP8_PICTURE_AT);
            }
        }
    }

    /// As [#writeVp8], of a VP9 payload.
    public void writeVp9(byte[] payload, int length, MemorySegment into, long at) {
        if (Vp9Descriptor.length(payload, 0, length) >= 0) {
            int picture = Vp9Descriptor.pictureId(payload, 0);
            int baseAt = Vp9Descriptor.tl0PicIdxAt(payload, 0, length);
            if (picture != Vp9Descriptor.ABSENT) {
                boolean wide = Vp9Descriptor.pictureIdBits(payload, 0) == 15;
                write(payload, picture, wide, baseAt, into, at, VP9_PICTURE_AT);
            }
        }
    }

    private void write(
            byte[] payload,
            int picture,
            boolean wide,
            int baseAt,
            MemorySegment into,
            long at,
            int pictureAt) {
        int base = baseAt < 0 ? 0 : payload[baseAt];
        if (pending) {
            pending = false;
            pictureShift = any ? lastPicture + 1 - picture : 0;
            baseShift = any ? lastBase + 1 - base : 0;
        }
        int outPicture = picture + pictureShift & PICTURES;
        int outBase = base + baseShift & BASE_PICTURES;
        if (!any || (outPicture - lastPicture & PICTURES) <= PICTURES / 2) {
            any = true;
            lastPicture = outPicture;
            lastBase = outBase;
        }
        if ((pictureShift | baseShift) == 0) {
            return;
        }
        if (wide) {
            into.set(ValueLayout.JAVA_BYTE, at + pictureAt, (byte) (0x80 | outPicture >> 8));
            into.set(ValueLayout.JAVA_BYTE, at + pictureAt + 1, (byte) outPicture);
        } else {
            into.set(ValueLayout.JAVA_BYTE, at + pictureAt, (byte) (outPicture & 0x7f));
        }
        if (baseAt >= 0) {
            into.set(ValueLayout.JAVA_BYTE, at + baseAt, (byte) outBase);
        }
    }
}
