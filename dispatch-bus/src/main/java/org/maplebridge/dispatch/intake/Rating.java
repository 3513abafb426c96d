package org.maplebridge.dispatch.intake;

import java.time.Instant;

/// What who reported a matter thinks of how it was settled.
///
/// @param text may be empty
public record Rating(int stars, String text, Instant at) {
    public static final int MOST_STARS = 5;
    public static final int MAX_TEXT_CHARS = 500;

    public Rating {
        if (stars < 1 || stars > MOST_STARS || text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("no rating: " + stars + " stars");
        }
    }
}
