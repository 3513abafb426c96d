package org.maplebridge.media.netty;

import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.leg.LegTransport;
import org.maplebridge.media.sdp.Negotiated;

/// A leg that was agreed with a peer by offer and answer, and may be again.
///
/// Thread: any, guarded by itself; `live` belongs to the home loop.
final class OpenSession extends OpenLeg {
    final LegPlan plan;
    final LegTransport transport;

    private Negotiated negotiated;
    private IceCredentials answered;

    OpenSession(
            MediaLoop home,
            LegPlan plan,
            LegTransport transport,
            Negotiated negotiated,
            IceCredentials answered) {
        super(home);
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
