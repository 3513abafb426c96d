package org.maplebridge.signaling.scene.link;

/// Where a node stands.
///
/// Thread: any, immutable.
///
/// @param network whose nodes reach each other's media
/// @param gateway whether it exchanges media with the gateways of other networks
public record Place(String network, boolean gateway) {
    /// Of a node that has not said where it stands.
    static final Place UNSAID = new Place("default", false);
}
