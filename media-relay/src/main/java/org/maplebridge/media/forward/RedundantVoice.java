package org.maplebridge.media.forward;

import org.maplebridge.media.rtp.OpusPacket;
import org.maplebridge.media.rtp.RedBlocks;

/// Which packets the older blocks of a publisher's redundant packet are (RFC 2198): a block says
/// how long before the primary one it was said, not which number it had.
///
/// Packets follow each other without gaps as long as somebody speaks, so a block's number follows
/// from its length in time. After a pause of the encoder that is wrong, and shows: then the
/// timestamps of the packets around the number do not rise any more, and the block is left alone.
///
/// Thread: its media loop.
final class RedundantVoice {
    /// Numbers around a block's own that are looked at; packets come back within fewer.
    private static final int NEIGHBOURS = 16;

    private static final int REMEMBERED = 64;

    private final RedBlocks blocks = new RedBlocks();
    private final int[] distances = new int[RedBlocks.MOST_BLOCKS];
    private final long[] filled = new long[REMEMBERED];

    /// Reads a redundant packet's payload.
    ///
    /// @param opusType of the blocks that are Opus
    /// @return the number of the primary block, or the code of a drop reason
    int read(byte[] data, int offset, int length, int opusType) {
        int count = blocks.read(data, offset, length);
        if (count < 0) {
            return count;
        }
        int distance = 0;
        int follower = 0;
        for (int i = blocks.primary() - 1; i >= 0; i--) {
            int ticks = OpusPacket.ticks(data, blocks.begin(i), blocks.length(i));
            int step = blocks.ticksBack(i) - follower;
            boolean known =
                    distance >= 0
                            && ticks > 0
                            && step > 0
                            && step % ticks == 0
                            && blocks.payloadType(i) == opusType;
            distance = known ? distance + step / ticks : -1;
            follower = blocks.ticksBack(i);
            distances[i] = distance;
        }
        return blocks.primary();
    }

    RedBlocks blocks() {
        return blocks;
    }

    /// How many packets before the primary one the block was a packet, or -1 when nobody knows.
    int distance(int block) {
        return distances[block];
    }

    /// How many of the blocks right before the primary one follow each other without a gap.
    int lead() {
        int lead = 0;
        for (int i = blocks.primary() - 1; i >= 0 && distances[i] == lead + 1; i--) {
            lead++;
        }
        return lead;
    }

    /// Whether a packet of this timestamp can have had this place: it is free, and time rises
    /// through it. Anything else would turn time around for every listener.
    static boolean fits(Line line, long place, int timestamp) {
        if (!line.takes(place)) {
            return false;
        }
        for (int i = 1; i <= NEIGHBOURS; i++) {
            MediaPacket later = line.packet(place + i);
            MediaPacket earlier = line.packet(place - i);
            if (later != null && later.timestamp - timestamp <= 0
                    || earlier != null && timestamp - earlier.timestamp <= 0) {
                return false;
            }
        }
        return true;
    }

    /// Remembers that the packet of this number was missing and a block stood in for it.
    void filled(long seq) {
        filled[(int) seq & REMEMBERED - 1] = seq;
    }

    /// Whether a block stood in for it and it came itself after all; once.
    boolean takeFilled(long seq) {
        int at = (int) seq & REMEMBERED - 1;
        boolean was = filled[at] == seq;
        if (was) {
            filled[at] = 0;
        }
        return was;
    }
}
