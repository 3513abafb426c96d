package org.maplebridge.media.leg;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;

/// Who is seen and heard with a picture, and talks to a group that the viewer hears as well, comes
/// twice: with the picture and as the talk. On a narrow way the talk is left alone, for the second
/// voice takes what the picture needs. Once left out it stays so until the talk is over.
///
/// Thread: its leg's media loop.
final class DoubledVoices {
    /// Both voices, each with older voice along, are half of it. On wider ways the sound stays, for
    /// browsers keep pictures as late as the last of it was.
    private static final long NARROW_BITS = 400_000;

    private final List<Slot> voices;
    private final Set<Slot> hushed = new HashSet<>();

    DoubledVoices(List<Slot> voices) {
        this.voices = voices;
    }

    /// To be called about every 100 ms.
    ///
    /// @param estimate of what the way bears, in bit/s; negative while it is open
    void look(long estimate) {
        boolean narrow = estimate >= 0 && estimate < NARROW_BITS;
        if (!narrow && hushed.isEmpty()) {
            return;
        }
        for (Slot slot : voices) {
            boolean left = (narrow || hushed.contains(slot)) && isDoubled(slot.line());
            slot.hush(left);
            if (left) {
                hushed.add(slot);
            } else {
                hushed.remove(slot);
            }
        }
    }

    private boolean isDoubled(@Nullable Line line) {
        for (Slot slot : voices) {
            Line talk = slot.line();
            if (line != null && talk != null && talk.holder() == line) {
                return true;
            }
        }
        return false;
    }
}
