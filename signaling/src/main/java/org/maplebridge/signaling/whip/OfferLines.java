package org.maplebridge.signaling.whip;

import java.util.Optional;

/// The little of an offer that has to be known before the relay reads all of it.
///
/// Pure; whatever it is given, it answers.
final class OfferLines {
    private OfferLines() {}

    /// The mid of the first section of this kind, `audio` or `video`.
    static Optional<String> firstMid(String offer, String kind) {
        boolean inside = false;
        for (var line : offer.lines().toList()) {
            if (line.startsWith("m=")) {
                inside = line.startsWith("m=" + kind + " ");
            } else if (inside && line.startsWith("a=mid:")) {
                return Optional.of(line.substring("a=mid:".length()).strip());
            }
        }
        return Optional.empty();
    }
}
