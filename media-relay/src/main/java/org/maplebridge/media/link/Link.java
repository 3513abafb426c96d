package org.maplebridge.media.link;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.srtp.SrtpCiphers;

/// What makes a leg of the way to another node: its transport and its sections.
///
/// @param media the same sections on both ends, seen from ours
public record Link(PeerTransport transport, List<NegotiatedMedia> media) {
    public Link {
        media = List.copyOf(media);
    }

    /// Agrees with the other end, by what both told and the secret.
    ///
    /// @param sockets what ours are bound to, in the order of
    ///   [org.maplebridge.media.wire.PeerPath#localSocket()]
    /// @param random a cryptographic source
    /// @return null when our end agreed before, or the other cannot be one
    /// @throws IllegalArgumentException when the secret is too short to be one
    public static @Nullable Link agree(
            OwnEnd ours,
            LinkEnd theirs,
            byte[] clusterSecret,
            LinkPlan plan,
            List<InetSocketAddress> sockets,
            SrtpCiphers ciphers,
            RandomGenerator random,
            long nowNanos) {
        LinkKeys keys = ours.agree(theirs, clusterSecret);
        if (keys == null) {
            return null;
        }
        var transport =
                new LinkTransport(
                        keys,
                        ours.end(),
                        theirs,
                        Ways.of(sockets, theirs.addresses()),
                        ciphers,
                        random,
                        nowNanos);
        return new Link(transport, LinkSections.of(plan, keys));
    }

    /// What a leg is to know of a link's plan. Redundancy is none of it: see [LinkSections].
    public static LegPlan legPlan(LinkPlan plan) {
        return new LegPlan(plan.affinity(), plan.publishes(), Map.of(), Redundancy.NEVER);
    }
}
