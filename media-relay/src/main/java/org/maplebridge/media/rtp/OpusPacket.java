package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;

/// What the first bytes of an Opus packet tell without decoding it.
///
/// ```
///  0 1 2 3 4 5 6 7   RFC 6716 §3.1
/// +-+-+-+-+-+-+-+-+
/// | config  |s| c |  c: 0 one frame, 1 and 2 two frames, 3 as many as the next byte says
/// +-+-+-+-+-+-+-+-+
/// ```
public final class OpusPacket {
    /// Of every Opus stream, whatever it carries (RFC 7587 §4.1).
    public static final int CLOCK_RATE = 48_000;

    /// 120 ms (RFC 6716 §3.2.5).
    public static final int LONGEST_TICKS = 5_760;

    private static final int TICKS_PER_MILLI = 48;

    private OpusPacket() {}

    /// How long the packet sounds, in ticks of 48 kHz; 0 when these bytes are no Opus packet.
    public static int ticks(byte[] data, int offset, int length) {
        if (length < 1) {
            return 0;
        }
        int toc = Bytes.u8(data, offset);
        int ticks = frames(toc, data, offset, length) * frameTicks(toc);
        return ticks <= LONGEST_TICKS ? ticks : 0;
    }

    private static int frames(int toc, byte[] data, int offset, int length) {
        return switch (toc & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> length < 2 ? 0 : data[offset + 1] & 0x3f;
        };
    }

    /// Of one frame of this TOC byte's configuration (RFC 6716 table 2).
    public static int frameTicks(int toc) {
        int config = (toc & 0xff) >> 3;
        if (config < 12) { // SILK: 10, 20, 40, 60 ms
            int size = config & 3;
            return (size == 3 ? 60 : 10 << size) * TICKS_PER_MILLI;
        }
        if (config < 16) { // hybrid: 10, 20 ms
            return (10 << (config & 1)) * TICKS_PER_MILLI;
        }
        return TICKS_PER_MILLI * 5 / 2 << (config & 3); // CELT: 2.5, 5, 10, 20 ms
    }

    public static boolean stereo(byte[] data, int offset) {
        return (data[offset] & 4) != 0;
    }
}
