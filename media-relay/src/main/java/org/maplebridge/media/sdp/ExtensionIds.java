package org.maplebridge.media.sdp;

/// RTP header extension ids agreed for a section (RFC 8285); 0 where there is none.
public record ExtensionIds(int mid, int rid, int repairedRid, int transportWide, int audioLevel) {
    public static final ExtensionIds NONE = new ExtensionIds(0, 0, 0, 0, 0);
}
