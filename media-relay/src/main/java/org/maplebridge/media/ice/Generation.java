package org.maplebridge.media.ice;

import org.maplebridge.media.stun.StunIntegrity;

/// The credentials of one ICE start or restart.
///
/// Requests are sealed with our password, and so are the answers to them (RFC 8445 §7.2.2).
record Generation(IceCredentials local, IceCredentials remote, StunIntegrity integrity) {
    static Generation of(IceCredentials local, IceCredentials remote) {
        return new Generation(local, remote, new StunIntegrity(local.password()));
    }
}
