package org.maplebridge.media.record;

import java.util.ArrayList;
import java.util.List;

/// The recordings that take what a line gets, where its source is published here. Each packet goes
/// to them once, by reference, in the order it came.
///
/// Thread: its media loop.
public final class Taps {
    private final List<SourceTap> taps = new ArrayList<>(0);
    private String publisher = "";
    private boolean live;

    /// How much of the line's present burst they have.
    private int taken;

    public boolean isEmpty() {
        return taps.isEmpty();
    }

    /// Those there are now.
    public List<SourceTap> all() {
        return List.copyOf(taps);
    }

    /// Adds a recording.
    ///
    /// @param kept what it begins with: all since the last key frame
    public void add(SourceTap tap, List<? extends HeldPacket> kept) {
        taps.add(tap);
        if (live) {
            tap.stretch(publisher);
            kept.forEach(tap::packet);
        }
    }

    /// @return whether it was there
    public boolean remove(SourceTap tap) {
        return taps.remove(tap);
    }

    /// Another publisher feeds the line from now on.
    public void begin(String newPublisher) {
        live = true;
        publisher = newPublisher;
        tellStretch();
    }

    /// Nobody feeds the line here any more.
    public void end() {
        live = false;
    }

    /// Takes what of the line's burst is new.
    public void take(HeldPacket[] burst, int count) {
        if (!live || taps.isEmpty()) {
            return;
        }
        for (; taken < count; taken++) {
            for (int t = 0; t < taps.size(); t++) {
                taps.get(t).packet(burst[taken]);
            }
        }
    }

    public void endBurst() {
        taken = 0;
    }

    /// The stream begins anew.
    public void anew() {
        if (live) {
            tellStretch();
        }
    }

    private void tellStretch() {
        for (int t = 0; t < taps.size(); t++) {
            taps.get(t).stretch(publisher);
        }
    }

    public void report(long nowNanos, long ntpTime, int timestamp) {
        if (live) {
            for (int t = 0; t < taps.size(); t++) {
                taps.get(t).report(nowNanos, ntpTime, timestamp);
            }
        }
    }
}
