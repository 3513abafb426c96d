package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// A picture being put together: packets in a row with one timestamp, from a beginning to the
/// marker. One that lacks a packet is given up; after another publisher's or the file's beginning
/// pictures count from the first key frame.
///
/// Pure. Thread: confined to its track.
final class Assembly {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean open;
    private boolean key;
    private int stretch;
    private long ticks;
    private long nextSeq;
    private long arrivalNanos;
    private boolean keyNeeded = true;
    private long leftOut;

    /// To be called for each packet first.
    ///
    /// @return whether the picture in hand goes on with it
    boolean goesOn(Part part) {
        if (part.stretch() != stretch) {
            stretch = part.stretch();
            keyNeeded = true;
            giveUp();
        }
        boolean goesOn = open && part.seq() == nextSeq && part.ticks() == ticks;
        if (open && !goesOn) {
            giveUp();
        }
        nextSeq = part.seq() + 1;
        arrivalNanos = part.arrivalNanos();
        return goesOn;
    }

    void begin(Part part) {
        open = true;
        key = false;
        ticks = part.ticks();
        bytes.reset();
    }

    /// The picture in hand can be decoded by itself.
    void key() {
        key = true;
    }

    void put(byte[] data, int offset, int length) {
        bytes.write(data, offset, length);
    }

    void put(byte[] data) {
        bytes.write(data, 0, data.length);
    }

    boolean open() {
        return open;
    }

    void giveUp() {
        if (open) {
            open = false;
            leftOut++;
        }
    }

    /// @return the picture, null when nothing can be done with it yet
    @Nullable Frame end() {
        open = false;
        if (keyNeeded && !key) {
            leftOut++;
            return null;
        }
        keyNeeded = false;
        return new Frame(stretch, ticks, arrivalNanos, key, bytes.toByteArray());
    }

    long leftOut() {
        return leftOut;
    }
}
