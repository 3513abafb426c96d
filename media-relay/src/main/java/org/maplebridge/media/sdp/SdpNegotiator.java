package org.maplebridge.media.sdp;

import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.ice.IceCredentials;

/// Decides what an offer and the relay have in common, and writes the answer.
///
/// Pure but for the random numbers of [LocalSide]; never throws on any offer.
public final class SdpNegotiator {
    private SdpNegotiator() {}

    /// First offer of a leg.
    public static SdpOutcome open(String offer, LegPlan plan, LocalSide local) {
        throw new UnsupportedOperationException();
    }

    /// Further offer of the same leg: sections, directions and certificate must be as in `before`;
    /// ICE credentials may be new. Keeps SSRCs.
    ///
    /// @param inUse answered while the peer's ICE credentials are the old ones
    /// @param fresh whose credentials are answered when they are new
    public static SdpOutcome again(
            String offer, LegPlan plan, Negotiated before, IceCredentials inUse, LocalSide fresh) {
        throw new UnsupportedOperationException();
    }
}
