package org.maplebridge.media.finish.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.rtp.Vp9Descriptor;

/// VP9 pictures (RFC 9628): their payloads without descriptors, one after the other; where a
/// picture has several resolutions, their layer frames as one superframe.
///
/// Pure. Thread: confined to its track.
public final class Vp9Frames implements FrameMaker {
    private final Assembly assembly = new Assembly(true);
    private final Vp9Superframe superframe = new Vp9Superframe();

    /// Where the layer frames of the picture in hand begin.
    private final List<Integer> layers = new ArrayList<>();

    @Override
    public @Nullable Frame add(Part part) {
        if (assembly.passesOver(part)) {
            return null;
        }
        boolean goesOn = assembly.goesOn(part);
        byte[] payload = part.payload();
        int descriptor = Vp9Descriptor.length(payload, 0, payload.length);
        if (descriptor < 0) {
            assembly.giveUp();
            return null;
        }
        boolean startsFrame = Vp9Descriptor.startsFrame(payload, 0);
        if (!goesOn) {
            begin(part, startsFrame, descriptor);
        }
        if (startsFrame) {
            layers.add(assembly.size());
        }
        assembly.put(payload, descriptor, payload.length - descriptor);
        if (layers.size() > Vp9Superframe.MOST_FRAMES) {
            assembly.giveUp();
            return null;
        }
        return part.marker() ? end() : null;
    }

    /// What begins in the middle, or with a resolution that refers to a lower one, lacks something.
    private void begin(Part part, boolean startsFrame, int descriptor) {
        byte[] payload = part.payload();
        if (!startsFrame || Vp9Descriptor.needsLower(payload, 0, payload.length)) {
            assembly.giveUp();
        }
        assembly.begin(part);
        layers.clear();
        if (Vp9Descriptor.startsKeyFrame(payload, 0, payload.length)
                && Vp9Header.saysKeyFrame(payload[descriptor])) {
            assembly.key();
        }
    }

    private @Nullable Frame end() {
        Frame frame = assembly.end();
        return frame == null
                ? null
                : new Frame(
                        frame.stretch(),
                        frame.ticks(),
                        frame.arrivalNanos(),
                        frame.key(),
                        superframe.join(frame.data(), layers));
    }

    @Override
    public long leftOut() {
        return assembly.leftOut();
    }
}
