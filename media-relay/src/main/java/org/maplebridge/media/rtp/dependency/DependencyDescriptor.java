package org.maplebridge.media.rtp.dependency;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.BitReader;

/// What the dependency descriptor of one packet says: which resolution its frame is of, and which
/// decode targets need that (AV1 RTP specification, appendix A).
///
/// One is read into again and again, so that a packet costs nothing but its bits. On what a frame
/// builds, and its chains, are not read: who loses a packet asks for it again.
///
/// Thread: confined to its stream's.
public final class DependencyDescriptor {
    private static final int SHORT = 3;

    private final BitReader in = new BitReader();
    private @Nullable DependencyStructure structure;
    private boolean endsFrame;
    private int resolution;
    private int present;

    /// Takes a packet's descriptor.
    ///
    /// @return false when it is broken, or of a structure that never came; then nothing else may be
    ///   asked
    public boolean read(byte[] data, int offset, int length) {
        if (length < SHORT) {
            return false;
        }
        in.begin(data, offset, length);
        in.skip(1); // whether a frame starts
        endsFrame = in.flag();
        int template = in.bits(6);
        in.skip(16); // frame number
        boolean ownTargets = false;
        if (length > SHORT) {
            boolean bringsStructure = in.flag();
            boolean activeTargets = in.flag();
            ownTargets = in.flag();
            in.skip(2); // whether it has dependencies and chains of its own
            if (bringsStructure && !takeStructure()) {
                return false;
            }
            DependencyStructure now = structure;
            if (activeTargets && now != null) {
                in.skip(now.targets());
            }
        }
        DependencyStructure now = structure;
        int index = now == null ? -1 : now.template(template);
        if (now == null || index < 0) {
            return false;
        }
        resolution = now.resolution(index);
        present =
                ownTargets
                        ? DependencyStructure.indications(in, now.targets())
                        : now.present(index);
        return !in.overrun();
    }

    private boolean takeStructure() {
        DependencyStructure fresh = DependencyStructure.read(in);
        if (fresh == null) {
            return false;
        }
        structure = fresh;
        return true;
    }

    public boolean endsFrame() {
        return endsFrame;
    }

    /// Of the frame, counted from the lowest.
    public int resolution() {
        return resolution;
    }

    /// Whether who decodes that target needs this packet's frame.
    public boolean isFor(int target) {
        return target >= 0 && (present >> target & 1) == 1;
    }

    /// As [DependencyStructure#targetOf], of the structure that came last.
    public int targetOf(int wantedResolution) {
        DependencyStructure now = structure;
        return now == null ? -1 : now.targetOf(wantedResolution);
    }
}
