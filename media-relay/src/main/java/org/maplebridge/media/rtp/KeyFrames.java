package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;

/// Says whether a video payload begins a picture that can be decoded without an earlier one.
///
/// Only the payload's own bytes are asked; garbage is no key frame. A picture whose parameter sets
/// travel in packets of their own is announced by each of them and by its first slice: they share
/// one timestamp.
public final class KeyFrames {
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
