package org.maplebridge.media.rtp.dependency;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.BitReader;

/// The templates that frames of a scalable stream are made by, until the next key frame brings
/// others ("template dependency structure", AV1 RTP specification, A.4 and A.8).
///
/// Thread: any, unchanged once it is read.
final class DependencyStructure {
    /// Template ids have six bits.
    static final int TEMPLATES = 64;

    private static final int SAME_LAYER = 0;
    private static final int NEXT_TEMPORAL = 1;
    private static final int NEXT_SPATIAL = 2;
    private static final int MOST_SPATIAL = 4;
    private static final int MOST_TEMPORAL = 8;

    private final int offset;
    private final int targets;
    private final int[] spatial = new int[TEMPLATES];

    /// Bit i: whether the frame is anything to decode target i.
    private final int[] present = new int[TEMPLATES];

    private final int[] targetOf = new int[MOST_SPATIAL];
    private int templates;

    private DependencyStructure(int offset, int targets) {
        this.offset = offset;
        this.targets = targets;
    }

    /// @return null when it is none
    static @Nullable DependencyStructure read(BitReader in) {
        var made = new DependencyStructure(in.bits(6), in.bits(5) + 1);
        boolean sound = made.layers(in);
        if (!sound) {
            return null;
        }
        for (int i = 0; i < made.templates; i++) {
            made.present[i] = indications(in, made.targets);
        }
        made.passDependencies(in);
        made.passChains(in);
        if (in.flag()) {
            for (int i = 0; i <= made.spatial[made.templates - 1]; i++) {
                in.skip(32); // the largest width and height of the resolution
            }
        }
        for (int i = 0; i < MOST_SPATIAL; i++) {
            made.targetOf[i] = made.findTarget(i);
        }
        return in.overrun() ? null : made;
    }

    private boolean layers(BitReader in) {
        int nowSpatial = 0;
        int nowTemporal = 0;
        while (templates < TEMPLATES) {
            spatial[templates++] = nowSpatial;
            switch (in.bits(2)) {
                case SAME_LAYER -> {}
                case NEXT_TEMPORAL -> nowTemporal++;
                case NEXT_SPATIAL -> {
                    nowTemporal = 0;
                    nowSpatial++;
                }
                default -> {
                    return !in.overrun();
                }
            }
            if (nowSpatial >= MOST_SPATIAL || nowTemporal >= MOST_TEMPORAL || in.overrun()) {
                return false;
            }
        }
        return false;
    }

    /// @return bit i: whether it is anything to decode target i
    static int indications(BitReader in, int targets) {
        int mask = 0;
        for (int i = 0; i < targets; i++) {
            mask |= in.bits(2) == 0 ? 0 : 1 << i;
        }
        return mask;
    }

    private void passDependencies(BitReader in) {
        for (int i = 0; i < templates; i++) {
            while (in.flag()) { // beyond the end it reads zeros
                in.skip(4);
            }
        }
    }

    private void passChains(BitReader in) {
        int chains = in.nonSymmetric(targets + 1);
        if (chains == 0) {
            return;
        }
        for (int i = 0; i < targets; i++) {
            in.nonSymmetric(chains);
        }
        for (int i = 0; i < templates * chains && !in.overrun(); i++) {
            in.bits(4);
        }
    }

    /// @param id of a frame's template, as written
    /// @return which one it is, or negative
    int template(int id) {
        int index = id + TEMPLATES - offset & TEMPLATES - 1;
        return index < templates ? index : -1;
    }

    /// Of the template's frames, counted from the lowest.
    int resolution(int template) {
        return spatial[template];
    }

    int present(int template) {
        return present[template];
    }

    int targets() {
        return targets;
    }

    /// The decode target that shows this resolution, of several the one with most frames; negative
    /// when there is none.
    ///
    /// @param resolution counted from the lowest, below four
    int targetOf(int resolution) {
        return targetOf[resolution];
    }

    private int findTarget(int resolution) {
        int best = -1;
        int most = 0;
        for (int target = 0; target < targets; target++) {
            int highest = -1;
            int frames = 0;
            for (int i = 0; i < templates; i++) {
                if ((present[i] >> target & 1) == 1) {
                    highest = Math.max(highest, spatial[i]);
                    frames++;
                }
            }
            if (highest == resolution && frames > most) {
                best = target;
                most = frames;
            }
        }
        return best;
    }
}
