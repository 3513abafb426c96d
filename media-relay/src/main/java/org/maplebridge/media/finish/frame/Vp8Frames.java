package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.rtp.Vp8Descriptor;

/// VP8 pictures (RFC 7741): their payloads without descriptors, one after the other.
///
/// Pure. Thread: confined to its track.
public final class Vp8Frames implements FrameMaker {
    private final Assembly assembly = new Assembly();

    @Override
    public @Nullable Frame add(Part part) {
        if (assembly.passesOver(part)) {
            return null;
        }
        byte[] payload = part.payload();
        int descriptor = Vp8Descriptor.length(payload, 0, payload.length);
        boolean goesOn = assembly.goesOn(part);
        if (descriptor < 0) {
            assembly.giveUp();
            return null;
        }
        if (!goesOn) {
            if (!Vp8Descriptor.startsFrame(payload, 0)) {
                return null;
            }
            assembly.begin(part);
            if ((payload[descriptor] & 1) == 0) { // RFC 6386 §9.1
                assembly.key();
            }
        }
        assembly.put(payload, descriptor, payload.length - descriptor);
        return part.marker() ? assembly.end() : null;
    }

    @Override
    public long leftOut() {
        return assembly.leftOut();
    }
}
