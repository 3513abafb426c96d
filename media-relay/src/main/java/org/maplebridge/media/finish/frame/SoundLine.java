package org.maplebridge.media.finish.frame;

import java.util.function.BiConsumer;
import org.maplebridge.media.rtp.OpusConcealment;
import org.maplebridge.media.rtp.OpusPacket;

/// Lays voice out without a gap, since players count samples and forget timestamps: what is missing
/// is concealed, and where the microphone's clock has run off by a packet, one is left out.
///
/// So a sound is within 20 ms of its moment however long the piece is.
///
/// Pure. Thread: confined to its track.
public final class SoundLine {
    /// A jitter of reports below this is none of the sound's business.
    static final int TOLERATED_TICKS = 10 * 48;

    private final BiConsumer<Long, byte[]> out;
    private boolean begun;
    private long position;
    private long concealedTicks;
    private long leftOut;

    /// @param out takes packets, each with where it begins in ticks of 48 kHz
    public SoundLine(BiConsumer<Long, byte[]> out) {
        this.out = out;
    }

    /// @param atTicks its moment, from the piece's beginning
    public void add(long atTicks, byte[] packet) {
        int ticks = OpusPacket.ticks(packet, 0, packet.length);
        if (!begun) {
            if (atTicks < 0) {
                return;
            }
            begun = true;
            position = atTicks;
        }
        long missing = atTicks - position;
        if (missing >= TOLERATED_TICKS) {
            int filled =
                    OpusConcealment.fill(
                            packet[0], (int) Math.min(missing, Integer.MAX_VALUE), this::put);
            concealedTicks += filled;
        } else if (-missing >= ticks) {
            leftOut++;
            return;
        }
        put(packet);
    }

    private void put(byte[] packet) {
        out.accept(position, packet);
        position += OpusPacket.ticks(packet, 0, packet.length);
    }

    public long concealedTicks() {
        return concealedTicks;
    }

    /// Packets left out because the microphone's clock is too fast.
    public long leftOut() {
        return leftOut;
    }
}
