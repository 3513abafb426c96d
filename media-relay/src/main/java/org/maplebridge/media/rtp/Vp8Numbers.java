package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keeps the picture ids and TL0PICIDX of one VP8 stream going on where it is fed by several
/// encoders one after the other (RFC 7741 §4.2): players put pictures in order by them.
///
/// Thread: confined to its stream's.
public final class Vp8Numbers {
    private static final int PICTURES = 0x7fff;
    private static final int BASE_PICTURES = 0xff;

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

    /// Writes over what was copied of a payload to `at`.
    public void write(byte[] payload, int length, MemorySegment into, long at) {
        if (Vp8Descriptor.length(payload, 0, length) < 0) {
            return;
        }
        int picture = Vp8Descriptor.pictureId(payload, 0);
        int baseAt = Vp8Descriptor.tl0PicIdxAt(payload, 0);
        if (picture == Vp8Descriptor.ABSENT) {
            return;
        }
        int base = baseAt == Vp8Descriptor.ABSENT ? 0 : payload[baseAt];
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
        if ((pictureShift | baseShift) != 0) {
            put(payload, into, at, outPicture, baseAt, outBase);
        }
    }

    private static void put(
            byte[] payload, MemorySegment into, long at, int picture, int baseAt, int base) {
        if (Vp8Descriptor.pictureIdBits(payload, 0) == 15) {
            into.set(ValueLayout.JAVA_BYTE, at + 2, (byte) (0x80 | picture >> 8));
            into.set(ValueLayout.JAVA_BYTE, at + 3, (byte) picture);
        } else {
            into.set(ValueLayout.JAVA_BYTE, at + 2, (byte) (picture & 0x7f));
        }
        if (baseAt != Vp8Descriptor.ABSENT) {
            into.set(ValueLayout.JAVA_BYTE, at + baseAt, (byte) base);
        }
    }
}
