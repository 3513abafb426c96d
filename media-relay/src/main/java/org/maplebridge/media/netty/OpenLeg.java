package org.maplebridge.media.netty;

/// What the node remembers of a leg outside its home loop: a peer's, or a link to another node.
///
/// Thread: any, but `live` belongs to the home loop.
class OpenLeg {
    final MediaLoop home;

    /// Whether the home loop has it: a loss told before that was of a former leg of this name.
    boolean live;

    OpenLeg(MediaLoop home) {
        this.home = home;
    }
}
