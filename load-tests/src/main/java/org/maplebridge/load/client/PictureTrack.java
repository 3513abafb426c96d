package org.maplebridge.load.client;

import java.util.function.LongConsumer;
import org.maplebridge.media.rtp.Vp8Descriptor;

/// What a decoder makes of a stream of VP8: pictures can be shown from a key frame on, for as long
/// as nothing is missing.
///
/// Pure. Thread: whichever opens the packets.
final class PictureTrack {
    private final LongConsumer shown;
    private boolean decodes;
    private boolean whole;
    private long last = -1;

    /// @param shown gets the arrival of each picture that could be shown
    PictureTrack(LongConsumer shown) {
        this.shown = shown;
    }

    /// Whether packets have come that only the next key frame makes sense of.
    boolean isStuck() {
        return last >= 0 && !decodes;
    }

    /// @param sequence unwrapped
    /// @param marker last of its picture
    /// @param at where the payload begins
    /// @param arrivedNanos of any clock
    void onPacket(
            long sequence, boolean marker, byte[] data, int at, int length, long arrivedNanos) {
        int descriptor = Vp8Descriptor.length(data, at, length);
        if (descriptor < 0 || sequence <= last) {
            return; // a repeat, or late: the gap that it left has been judged
        }
        boolean follows = sequence == last + 1;
        last = sequence;
        if (!follows) {
            decodes = false;
            whole = false;
        }
        if (Vp8Descriptor.startsFrame(data, at)) {
            boolean keyFrame = (data[at + descriptor] & 1) == 0; // RFC 6386 §9.1
            decodes |= keyFrame;
            whole = true;
        }
        if (marker && whole && decodes) {
            shown.accept(arrivedNanos);
        }
    }
}
