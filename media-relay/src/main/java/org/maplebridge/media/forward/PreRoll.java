package org.maplebridge.media.forward;

import java.util.ArrayDeque;
import java.util.List;
import org.maplebridge.media.sdp.MediaKind;

/// What a talker said before it was given the floor, as far as its line still keeps it: the run of
/// voice that ends with the newest packet.
///
/// Pure: reads the line's ring and changes nothing.
public final class PreRoll {
    /// Nobody waits longer for a grant and talks on; what is older belongs to something else.
    static final long LONGEST_NANOS = 2_000_000_000L;

    /// A silence this long ends the run: what was said before it was said to somebody else. It
    /// shows in arrival and in media time alike: a network that holds packets up pauses the one
    /// only.
    static final long PAUSE_NANOS = 200_000_000L;

    private static final int PAUSE_TICKS = 9_600; // of Opus' 48 kHz (RFC 7587 §4.1)

    private PreRoll() {}

    /// Walks back from the newest packet until a pause, digital silence (RFC 6464 §3) or the
    /// beginning; packets that are missing are stepped over.
    ///
    /// @param sinceNanos nothing that arrived before is taken, nor anything older than 2 s;
    ///   [Long#MAX_VALUE] for nothing at all
    /// @return oldest first; empty for video, which begins with a key frame instead
    public static List<MediaPacket> of(Line line, long sinceNanos, long nowNanos) {
        var run = new ArrayDeque<MediaPacket>();
        if (line.kind() != MediaKind.AUDIO || sinceNanos == Long.MAX_VALUE) {
            return List.of();
        }
        long beginNanos =
                nowNanos - sinceNanos > LONGEST_NANOS ? nowNanos - LONGEST_NANOS : sinceNanos;
        long followerNanos = 0;
        int followerTicks = 0;
        long oldest = Math.max(0, line.head() - Line.AUDIO_PACKETS + 1);
        for (long seq = line.head(); seq >= oldest; seq--) {
            MediaPacket packet = line.packet(seq);
            if (packet == null) {
                continue;
            }
            long arrivalNanos = packet.arrivalNanos;
            boolean afterPause =
                    !run.isEmpty()
                            && followerNanos - arrivalNanos >= PAUSE_NANOS
                            && followerTicks - packet.timestamp >= PAUSE_TICKS;
            if (arrivalNanos - beginNanos < 0 || afterPause || packet.digitalSilence()) {
                break;
            }
            // One that came late says nothing about when those before it were said.
            followerNanos = run.isEmpty() ? arrivalNanos : Math.min(followerNanos, arrivalNanos);
            followerTicks = packet.timestamp;
            run.addFirst(packet);
        }
        return List.copyOf(run);
    }
}
