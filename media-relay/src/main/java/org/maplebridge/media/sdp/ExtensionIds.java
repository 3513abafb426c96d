package org.maplebridge.media.sdp;

/// RTP header extension ids agreed for a section (RFC 8285); 0 where there is none.
///
/// @param dependency of the dependency descriptor: of a peer that sends a scalable picture, or
///   wants to be told how frames of one belong together
public record ExtensionIds(
        int mid, int rid, int repairedRid, int transportWide, int audioLevel, int dependency) {
    public static final ExtensionIds NONE = new ExtensionIds(0, 0, 0, 0, 0, 0);

    ExtensionIds withoutDependency() {
        return new ExtensionIds(mid, rid, repairedRid, transportWide, audioLevel, 0);
    }
}
