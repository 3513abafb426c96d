package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// AV1 pictures (RTP Payload Format For AV1, 4.3 to 4.5): their units put together, each with its
/// size, as WebM keeps them.
///
/// ```
///  0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+   Z: the first element goes on with the last one of the packet before
/// |Z|Y| W |N|-|-|-|   Y: the last element goes on in the next packet
/// +-+-+-+-+-+-+-+-+   W: how many elements, of which the last says no size; 0: each says its size
///                     N: a coded video sequence begins
/// ```
///
/// A picture can be decoded by itself when a sequence header comes with it and its first frame is a
/// key frame. N says no more: it cannot be without both.
///
/// Pure. Thread: confined to its track.
public final class Av1Frames implements FrameMaker {
    private final Assembly assembly = new Assembly(true);
    private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
    private boolean goesOnInNext;

    /// Of the picture in hand.
    private @Nullable Av1Sequence sequence;

    private final List<Integer> sequencesAt = new ArrayList<>();
    private boolean frameCame;
    private int resolutions;

    /// Of the last key frame.
    private int toldResolutions;

    private byte[] setup = new byte[0];

    @Override
    public @Nullable Frame add(Part part) {
        if (assembly.passesOver(part)) {
            return null;
        }
        if (!assembly.goesOn(part)) {
            assembly.begin(part);
            goesOnInNext = false;
            sequence = null;
            sequencesAt.clear();
            frameCame = false;
            resolutions = 0;
        }
        boolean sound = elements(part.payload()) && !(part.marker() && goesOnInNext);
        if (!sound) {
            assembly.giveUp();
            return null;
        }
        return part.marker() ? end() : null;
    }

    private boolean elements(byte[] payload) {
        if (payload.length < 2 || (payload[0] < 0) != goesOnInNext) {
            return false;
        }
        boolean lastGoesOn = (payload[0] & 0x40) != 0;
        int count = payload[0] >> 4 & 3;
        int at = 1;
        for (int i = 1; at < payload.length; i++) {
            int length = payload.length - at;
            if (count == 0 || i < count) {
                int taken = Leb128.length(payload, at, payload.length);
                long told = Leb128.read(payload, at, taken);
                if (taken == 0 || told == 0 || told > length - taken) {
                    return false;
                }
                at += taken;
                length = (int) told;
            }
            boolean last = at + length == payload.length;
            if (last && count != 0 && i != count) {
                return false;
            }
            if (!goesOnInNext) {
                fragment.reset();
            }
            fragment.write(payload, at, length);
            goesOnInNext = last && lastGoesOn;
            if (!goesOnInNext && !unit()) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /// What was gathered is whole.
    private boolean unit() {
        Av1Unit unit = Av1Unit.read(fragment.toByteArray());
        if (unit == null) {
            return false;
        }
        if (unit.type() == Av1Unit.SEQUENCE_HEADER) {
            sequence = Av1Sequence.read(unit.own());
            if (sequence == null) {
                return false;
            }
            sequencesAt.add(assembly.size());
        } else if (unit.isFrame()) {
            frame(unit);
        }
        if (unit.isKept()) {
            assembly.put(unit.bytes());
        }
        return true;
    }

    private void frame(Av1Unit unit) {
        boolean key = sequence != null && (sequence.still() || unit.isKeyFrame());
        if (!frameCame && key) {
            assembly.key();
        }
        frameCame = true;
        resolutions |= 1 << unit.resolution();
    }

    private @Nullable Frame end() {
        Frame frame = assembly.end();
        Av1Sequence its = sequence;
        if (frame == null || its == null) {
            return frame;
        }
        toldResolutions = frame.key() ? resolutions : toldResolutions;
        for (int at : sequencesAt) {
            its.tellResolutions(frame.data(), at, toldResolutions);
        }
        if (frame.key()) {
            setup = its.configuration(frame.data(), sequencesAt.getLast());
        }
        return frame;
    }

    /// AV1CodecConfigurationRecord ("AV1 Codec ISO Media File Format Binding", 2.3) of the newest
    /// key frame; WebM has the same.
    @Override
    public byte[] setup() {
        return setup;
    }

    @Override
    public long leftOut() {
        return assembly.leftOut();
    }
}
