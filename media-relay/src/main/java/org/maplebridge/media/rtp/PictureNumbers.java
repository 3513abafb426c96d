package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Keeps the numbers of pictures going on where one stream is fed by several encoders, or several
/// resolutions of one, after the other: players put pictures in order by them. Those are picture
/// ids and TL0PICIDX of VP8 and VP9 (RFC 7741 §4.2, RFC 9628 §4.2), and the frame numbers of
/// dependency descriptors (AV1 RTP specification, appendix A).
///
/// Thread: confined to its stream's.
public final class PictureNumbers {
    /// Where a descriptor has its picture id.
    private static final int VP8_PICTURE_AT = 2;

    private static final int VP9_PICTURE_AT = 1;

    private final RunningNumber pictures = new RunningNumber(15);
    private final RunningNumber bases = new RunningNumber(8);
    private final RunningNumber frames = new RunningNumber(16);

    /// The next packet is the first of another encoder's, or of another run of the same.
    public void begin() {
        pictures.begin();
        bases.begin();
        frames.begin();
    }

    /// Of a dependency descriptor; 16 bits.
    public int frame(int number) {
        return frames.of(number);
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
        int outPicture = pictures.of(picture);
        int outBase = baseAt < 0 ? 0 : bases.of(payload[baseAt] & 0xff);
        if (!pictures.shifted() && !bases.shifted()) {
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
