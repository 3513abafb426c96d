package org.maplebridge.media.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.maplebridge.media.record.TalkTap;

/// What a recording was told.
///
/// Thread: the test's.
public final class RecordedTalk implements TalkTap {
    public final long epoch;
    private final TreeMap<Long, Voice> said = new TreeMap<>();
    private boolean over;

    public RecordedTalk(long epoch) {
        this.epoch = epoch;
    }

    @Override
    public void said(long seq, int timestamp, byte[] payload, int length) {
        Voice voice = Voice.read(Arrays.copyOf(payload, length));
        if (over || said.put(seq, voice) != null) {
            throw new AssertionError("told twice, or after the end");
        }
    }

    @Override
    public void over() {
        if (over) {
            throw new AssertionError("over twice");
        }
        over = true;
    }

    public boolean isOver() {
        return over;
    }

    /// In the order of their numbers.
    public Map<Long, Voice> said() {
        return said;
    }
}
