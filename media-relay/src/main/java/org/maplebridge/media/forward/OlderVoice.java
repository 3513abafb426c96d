package org.maplebridge.media.forward;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.rtp.Red;

/// The packets that go along with the one in hand to a listener that loses some (RFC 2198): the one
/// or two before it, out of the line's ring.
///
/// Thread: its media loop.
final class OlderVoice {
    /// Voice of 40 kbit/s needs a third of it; what is more must not make datagrams of more than
    /// 1,200 bytes.
    static final int MOST_BYTES = 1_100;

    private final RedundancyPolicy policy;
    private final MediaPacket[] packets = new MediaPacket[2];
    private int count;
    private int bytes;

    OlderVoice(Redundancy wish) {
        this.policy = new RedundancyPolicy(wish);
    }

    void reported(int loss256, boolean narrow, long nowNanos) {
        policy.reported(loss256, narrow, nowNanos);
    }

    int generations() {
        return policy.generations();
    }

    /// Chooses what goes along with `packet`. Only what went to the same listener in the same
    /// stretch: it must not hear what was said before it came, nor its own voice.
    void choose(Line line, Continuity numbers, MediaPacket packet) {
        count = 0;
        bytes = 0;
        int room = MOST_BYTES - Red.PRIMARY_HEAD_LENGTH - packet.payloadLength;
        int stretch = numbers.stretchOf(packet.seq);
        for (int distance = 1; distance <= policy.generations(); distance++) {
            MediaPacket older = line.packet(packet.seq - distance);
            if (older == null || numbers.stretchOf(older.seq) != stretch || !fits(older, packet)) {
                continue;
            }
            int needed = Red.HEAD_LENGTH + older.payloadLength;
            if (bytes + needed > room) {
                break;
            }
            bytes += needed;
            packets[count++] = older;
        }
        bytes += count == 0 ? 0 : Red.PRIMARY_HEAD_LENGTH;
    }

    private static boolean fits(MediaPacket older, MediaPacket packet) {
        int ticksBack = packet.timestamp - older.timestamp;
        return older.format.equals(packet.format)
                && ticksBack > 0
                && ticksBack <= Red.MOST_TICKS_BACK
                && older.payloadLength <= Red.LONGEST_BLOCK;
    }

    int count() {
        return count;
    }

    /// What they and all heads add to the packet.
    int bytes() {
        return bytes;
    }

    /// Oldest first.
    MediaPacket packet(int index) {
        return packets[count - 1 - index];
    }

    /// Whether anything goes along; null where redundancy was not agreed.
    static boolean any(@Nullable OlderVoice older) {
        return older != null && older.count > 0;
    }
}
