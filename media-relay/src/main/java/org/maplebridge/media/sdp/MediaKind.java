package org.maplebridge.media.sdp;

/// Kinds of media section this relay carries.
public enum MediaKind {
    AUDIO("audio"),
    VIDEO("video");

    private final String sdpName;

    MediaKind(String sdpName) {
        this.sdpName = sdpName;
    }

    /// As the media line spells it.
    public String sdpName() {
        return sdpName;
    }
}
