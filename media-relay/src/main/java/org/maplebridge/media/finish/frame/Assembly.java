package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// A picture being put together: packets in a row with one timestamp, from a beginning to the
/// marker. One that lacks a packet is given up; after another publisher's or the file's beginning
/// pictures count from the first key frame, and of chained ones also after a packet that is
/// missing.
///
/// Pure. Thread: confined to its track.
final class Assembly {
    private final boolean chained;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean open;
    private boolean key;
    private int stretch;
    private long ticks;
    private long nextSeq;
    private long arrivalNanos;
    private boolean keyNeeded = true;
    private long leftOut;
    private long leftOutTicks;

    Assembly() {
        this(false);
    }

    /// @param chained whether a decoder learns from each picture how to read the next one (the
    ///   probabilities of VP9 and AV1): then nothing is worth showing between a picture that is
    ///   missing and the next key frame
    Assembly(boolean chained) {
        this.chained = chained;
    }

    /// A packet without a payload tells that nothing is missing at its place: it was padding, or of
    /// a resolution that this stream does without.
    ///
    /// @return whether it is one, and there is nothing more to do with it
    boolean passesOver(Part part) {
        boolean empty = part.payload().length == 0;
        if (empty && part.stretch() == stretch && part.seq() == nextSeq) {
            nextSeq++;
        }
        return empty;
    }

    /// To be called for each packet that is not passed over first.
    ///
    /// @return whether the picture in hand goes on with it
    boolean goesOn(Part part) {
        if (part.stretch() != stretch) {
            stretch = part.stretch();
            keyNeeded = true;
            giveUp();
        }
        boolean next = part.seq() == nextSeq;
        boolean goesOn = open && next && part.ticks() == ticks;
        if (open && !goesOn) {
            giveUp();
        }
        keyNeeded |= chained && !next;
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

    /// Bytes of the picture in hand.
    int size() {
        return bytes.size();
    }

    void giveUp() {
        if (open) {
            open = false;
            leaveOut();
        }
        keyNeeded |= chained;
    }

    /// Once for each picture, of which several pieces may come.
    private void leaveOut() {
        leftOut += leftOut > 0 && leftOutTicks == ticks ? 0 : 1;
        leftOutTicks = ticks;
    }

    /// @return the picture, null when nothing can be done with it yet
    @Nullable Frame end() {
        open = false;
        if (keyNeeded && !key) {
            leaveOut();
            return null;
        }
        keyNeeded = false;
        return new Frame(stretch, ticks, arrivalNanos, key, bytes.toByteArray());
    }

    long leftOut() {
        return leftOut;
    }
}
