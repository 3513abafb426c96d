package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The payload of redundant voice as a peer writes and reads it (RFC 2198 §3), written out in full.
///
/// @param blockType payload type of every block
/// @param blocks oldest first, the primary one last
public record RedBytes(int blockType, List<Block> blocks) {
    /// @param ticksBack 0 for the primary one
    public record Block(int ticksBack, byte[] payload) {}

    public byte[] toPayload() {
        int length = blocks.stream().mapToInt(block -> 4 + block.payload.length).sum() - 3;
        var bytes = ByteBuffer.allocate(length);
        for (Block block : blocks.subList(0, blocks.size() - 1)) {
            bytes.put((byte) (0x80 | blockType));
            bytes.put((byte) (block.ticksBack >> 6));
            bytes.put((byte) (block.ticksBack << 2 | block.payload.length >> 8));
            bytes.put((byte) block.payload.length);
        }
        bytes.put((byte) blockType);
        blocks.forEach(block -> bytes.put(block.payload));
        return bytes.array();
    }

    public static RedBytes parse(byte[] payload) {
        var bytes = ByteBuffer.wrap(payload);
        var ticks = new ArrayList<Integer>();
        var lengths = new ArrayList<Integer>();
        int type = bytes.get();
        int blockType = type & 0x7f;
        while (type < 0) {
            int rest = (bytes.getShort() & 0xffff) << 8 | bytes.get() & 0xff;
            ticks.add(rest >> 10);
            lengths.add(rest & 0x3ff);
            type = bytes.get();
            if ((type & 0x7f) != blockType) {
                throw new AssertionError("blocks of several types");
            }
        }
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < ticks.size(); i++) {
            blocks.add(new Block(ticks.get(i), take(bytes, lengths.get(i))));
        }
        blocks.add(new Block(0, take(bytes, bytes.remaining())));
        return new RedBytes(blockType, blocks);
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
