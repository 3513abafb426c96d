package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;

/// Says whether a video payload begins a picture that can be decoded without an earlier one.
///
/// Only the payload's own bytes are asked; garbage is no key frame. A picture whose parameter sets
/// travel in packets of their own is announced by each of them and by its first slice: they share
/// one timestamp.
public final class KeyFrames {
    private static final int AV1_GOES_ON = 0x80;
    private static final int AV1_SEQUENCE_BEGINS = 0x08;
    private static final int NAL_IDR = 5;
    private static final int NAL_SPS = 7;
    private static final int NAL_STAP_A = 24;
    private static final int NAL_FU_A = 28;

    private KeyFrames() {}

    /// RFC 7741 §4.3: P = 0 in the first byte of a frame; RFC 6386 §9.1: start code behind the
    /// 3-byte frame tag.
    public static boolean startsVp8(byte[] data, int offset, int length) {
        int descriptor = Vp8Descriptor.length(data, offset, length);
        if (descriptor < 0 || !Vp8Descriptor.startsFrame(data, offset)) {
            return false;
        }
        int at = offset + descriptor;
        return length - descriptor >= 10
                && (data[at] & 1) == 0
                && Bytes.u24(data, at + 3) == 0x9d012a;
    }

    /// RFC 6184 §5.2: an SPS or the first byte of an IDR slice, alone, aggregated (STAP-A) or
    /// fragmented (FU-A).
    public static boolean startsH264(byte[] data, int offset, int length) {
        if (length < 2 || data[offset] < 0) { // forbidden_zero_bit
            return false;
        }
        int type = data[offset] & 0x1f;
        return switch (type) {
            case NAL_STAP_A -> stapHoldsKey(data, offset, length);
            case NAL_FU_A -> data[offset + 1] < 0 && isKey(data[offset + 1] & 0x1f);
            default -> isKey(type);
        };
    }

    /// RFC 9628 §4.2: the first packet of a picture's lowest resolution, which refers to nothing.
    public static boolean startsVp9(byte[] data, int offset, int length) {
        int descriptor = Vp9Descriptor.length(data, offset, length);
        return descriptor > 0
                && descriptor < length
                && Vp9Descriptor.startsKeyFrame(data, offset, length);
    }

    /// AV1 RTP specification, 4.4: N says that a coded video sequence begins; nothing of an earlier
    /// packet goes on in its first one.
    public static boolean startsAv1(byte[] data, int offset, int length) {
        return length > 1
                && (data[offset] & (AV1_GOES_ON | AV1_SEQUENCE_BEGINS)) == AV1_SEQUENCE_BEGINS;
    }

    private static boolean stapHoldsKey(byte[] data, int offset, int length) {
        int at = 1;
        while (at + 3 <= length) {
            int size = Bytes.u16(data, offset + at);
            if (size == 0 || at + 2 + size > length) {
                return false;
            }
            if (isKey(data[offset + at + 2] & 0x1f)) {
                return true;
            }
            at += 2 + size;
        }
        return false;
    }

    private static boolean isKey(int nalType) {
        return nalType == NAL_IDR || nalType == NAL_SPS;
    }
}
