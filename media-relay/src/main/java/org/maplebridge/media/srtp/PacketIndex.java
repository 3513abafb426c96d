package org.maplebridge.media.srtp;

/// The 48-bit number of an RTP packet: roll-over count × 65,536 + sequence number.
final class PacketIndex {
    private PacketIndex() {}

    /// Guesses a packet's number from the highest authentic one of its stream; negative when it
    /// would lie before the stream's first round (RFC 3711 §3.3.1, Appendix A).
    static long guess(long highest, int seq16) {
        long rollOver = highest >>> 16;
        int last = (int) highest & 0xffff;
        if (last < 0x8000) {
            if (seq16 - last > 0x8000) {
                rollOver--;
            }
        } else if (last - 0x8000 > seq16) {
            rollOver++;
        }
        return (rollOver << 16) + seq16;
    }
}
