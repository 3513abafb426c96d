package org.maplebridge.signaling.mediation.paper;

import java.util.Optional;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.evidence.PictureHeader;
import org.maplebridge.dispatch.mediation.CaseRules;

/// The site's seal as a picture.
///
/// Pure, immutable.
///
/// @param sha256 of the file
public record Seal(byte[] png, String sha256) {
    /// It stands in every paper that is kept.
    public static final int MOST_BYTES = 512 << 10;

    static final int MOST_SIDE = 2_000;

    /// @return nothing when it is no PNG, or a larger one than a seal needs
    public static Optional<Seal> of(byte[] file) {
        boolean sized = file.length <= MOST_BYTES && EvidenceType.PNG.begins(file);
        return (sized
                        ? PictureHeader.read(EvidenceType.PNG, file)
                        : Optional.<PictureHeader>empty())
                .filter(header -> header.size().width() <= MOST_SIDE)
                .filter(header -> header.size().height() <= MOST_SIDE)
                .map(_ -> new Seal(file.clone(), CaseRules.sha256(file)));
    }
}
