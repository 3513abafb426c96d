package org.maplebridge.media.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a browser shows of a stream: each picture as soon as all of it is here and it follows what
/// was shown last, and nothing else. Asks for a key frame when that ends for too long.
///
/// Thread: the test's.
public final class Screen {
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final Stage.Peer peer;
    private final int ssrc;
    private final List<Long> shownNanos = new ArrayList<>();
    private final List<Integer> shownFrames = new ArrayList<>();
    private long nextSeq;
    private int frame = -2;
    private long sinceNanos;

    public Screen(Stage.Peer peer, int ssrc) {
        this.peer = peer;
        this.ssrc = ssrc;
    }

    public void look(long nowNanos) {
        show(nowNanos);
        sinceNanos = sinceNanos == 0 ? nowNanos : sinceNanos;
        if (nowNanos - sinceNanos > PATIENCE_NANOS) {
            sinceNanos = nowNanos;
            peer.viewer().askForKeyFrame(ssrc);
        }
    }

    private void show(long nowNanos) {
        Map<Integer, Integer> parts = new HashMap<>();
        for (var entry : peer.stream(ssrc).bySeq().tailMap(nextSeq).entrySet()) {
            Pictures.Part part = Pictures.read(entry.getValue().packet().payload());
            int here = parts.merge(part.frame(), 1, Integer::sum);
            if (here == part.parts() && (part.key() || part.frame() == frame + 1)) {
                frame = part.frame();
                nextSeq = entry.getKey() + 1;
                sinceNanos = nowNanos;
                shownNanos.add(nowNanos);
                shownFrames.add(frame);
            }
        }
    }

    public double framesPerSecond(long from, long to) {
        return shownNanos.stream().filter(at -> at >= from && at < to).count() * 1e9 / (to - from);
    }

    /// Between pictures, the ends included.
    public long longestPauseMillis(long from, long to) {
        long last = from;
        long longest = 0;
        for (long at : shownNanos) {
            if (at >= from && at < to) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Math.max(longest, to - last) / 1_000_000;
    }

    /// From the camera to the screen, half of those shown meanwhile.
    public long medianDelayMillis(SimulatedPublisher camera, long from, long to) {
        var delays = new ArrayList<Long>();
        for (int i = 0; i < shownNanos.size(); i++) {
            long at = shownNanos.get(i);
            if (at >= from && at < to) {
                delays.add(at - camera.sentNanos(shownFrames.get(i)));
            }
        }
        delays.sort(null);
        return delays.isEmpty() ? -1 : delays.get(delays.size() / 2) / 1_000_000;
    }
}
