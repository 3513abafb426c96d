package org.maplebridge.media.rtp;

import java.util.function.Consumer;

/// Packets that ask a decoder to conceal what is missing: the same kind of packet with empty frames
/// (RFC 7845 §4.1).
public final class OpusConcealment {
    /// 2.5 ms, Opus' shortest frame: shorter gaps are left to add up.
    public static final int SHORTEST_TICKS = 120;

    private static final int MANY_FRAMES = 3;
    private static final int MOST_FRAMES = 48;

    /// CELT, full band, 2.5 ms (RFC 6716 table 2).
    private static final int SHORTEST_FRAME = 28 << 3;

    private OpusConcealment() {}

    /// Fills a gap.
    ///
    /// @param toc the first byte of the packet before
    /// @return how much was filled: all but what is left below 2.5 ms
    public static int fill(int toc, int missingTicks, Consumer<byte[]> packets) {
        int left = missingTicks;
        left -= conceal(toc, left, packets);
        left -= conceal(SHORTEST_FRAME | toc & 4, left, packets);
        return missingTicks - left;
    }

    private static int conceal(int like, int missingTicks, Consumer<byte[]> packets) {
        int frame = OpusPacket.frameTicks(like);
        int most = Math.min(MOST_FRAMES, OpusPacket.LONGEST_TICKS / frame);
        int left = missingTicks / frame;
        while (left > 0) {
            int frames = Math.min(left, most);
            packets.accept(new byte[] {(byte) (like & ~MANY_FRAMES | MANY_FRAMES), (byte) frames});
            left -= frames;
        }
        return missingTicks / frame * frame;
    }
}
