package org.maplebridge.signaling.load;

import org.maplebridge.media.api.PictureLimit;

/// How far a node's media loops are behind, and what is given up for it. Each level has what those
/// before it have.
public enum LoadLevel {
    CALM(0, PictureLimit.NONE),

    /// No new pictures.
    BUSY(0.25, PictureLimit.NONE),

    /// The lowest layer of each picture.
    STRAINED(0.4, PictureLimit.LOWEST),

    /// No pictures.
    OVERLOADED(0.55, PictureLimit.PAUSED);

    private final double from;
    private final PictureLimit limit;

    LoadLevel(double from, PictureLimit limit) {
        this.from = from;
        this.limit = limit;
    }

    /// Share of the time that a loop is late, from which on it is reached.
    double from() {
        return from;
    }

    public PictureLimit limit() {
        return limit;
    }

    static LoadLevel of(double lateShare) {
        LoadLevel found = CALM;
        for (LoadLevel level : values()) {
            found = lateShare >= level.from ? level : found;
        }
        return found;
    }
}
