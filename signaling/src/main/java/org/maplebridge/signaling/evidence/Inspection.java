package org.maplebridge.signaling.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceFault;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.evidence.PdfLook;
import org.maplebridge.dispatch.evidence.PictureHeader;
import org.maplebridge.dispatch.model.GeoPoint;

/// Looks at what came before it counts as arrived. Nothing is decoded.
///
/// Thread: any.
final class Inspection {
    private final EvidenceFiles files;

    Inspection(EvidenceFiles files) {
        this.files = files;
    }

    /// What is wrong with it, or what it says of itself.
    record Finding(@Nullable EvidenceFault fault, Evidence.@Nullable Arrival arrival) {}

    /// Whether it can still become what was said: asked as soon as its first bytes are there, so
    /// that nobody sends a hundred megabytes for nothing.
    boolean beginsRight(Evidence evidence) throws IOException {
        return evidence.claim().type().begins(files.head(evidence, EvidenceType.HEAD_BYTES));
    }

    /// Of all that was announced.
    Finding whole(Evidence evidence, Instant now) throws IOException {
        var type = evidence.claim().type();
        byte[] start = files.head(evidence, PictureHeader.MOST_BYTES);
        if (!type.begins(Arrays.copyOf(start, Math.min(start.length, EvidenceType.HEAD_BYTES)))) {
            return new Finding(EvidenceFault.WRONG_TYPE, null);
        }
        if (!files.sha256(evidence).equals(evidence.claim().sha256())) {
            return new Finding(EvidenceFault.WRONG_HASH, null);
        }
        if (type.isDocument()) {
            var look = PdfLook.fault(files.head(evidence, (int) type.mostBytes()));
            return look.map(fault -> new Finding(fault, null))
                    .orElseGet(() -> new Finding(null, new Evidence.Arrival(now, null, null)));
        }
        if (type.isVideo()) {
            return new Finding(null, new Evidence.Arrival(now, null, null));
        }
        Optional<PictureHeader> header = PictureHeader.read(type, start);
        if (header.isEmpty()) {
            return new Finding(EvidenceFault.WRONG_TYPE, null);
        }
        if (header.get().hasTooManyPixels()) {
            return new Finding(EvidenceFault.TOO_MANY_PIXELS, null);
        }
        @Nullable GeoPoint said = SaidPlace.in(header.get().exif()).orElse(null);
        return new Finding(null, new Evidence.Arrival(now, header.get().size(), said));
    }
}
