package org.maplebridge.media.netty;

import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.leg.LegTransport;
import org.maplebridge.media.sdp.Negotiated;

/// What the node remembers of a leg outside its home loop: what was agreed with its peer.
///
/// Thread: any, guarded by itself; `live` belongs to the home loop.
final class OpenLeg {
    final MediaLoop home;
    final LegPlan plan;
    final LegTransport transport;

    /// Whether the home loop has it: a loss told before that was of a former leg of this name.
    boolean live;

    private Negotiated negotiated;
    private IceCredentials answered;

    OpenLeg(
            MediaLoop home,
            LegPlan plan,
            LegTransport transport,
            Negotiated negotiated,
            IceCredentials answered) {
        this.home = home;
        this.plan = plan;
        this.transport = transport;
        this.negotiated = negotiated;
        this.answered = answered;
    }

    Negotiated negotiated() {
        return negotiated;
    }

    /// Our credentials in the last answer.
    IceCredentials answered() {
        return answered;
    }

    void agreed(Negotiated latest, IceCredentials inAnswer) {
        negotiated = latest;
        answered = inAnswer;
    }
}
