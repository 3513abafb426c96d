package org.maplebridge.media.api;

import java.util.List;

/// One leg as the relay sees it.
///
/// @param state `new`, `checking`, `handshaking`, `connected`
/// @param remoteAddress empty before the first valid check
/// @param tcp whether it comes by TCP (RFC 6544)
/// @param srtpProfile empty before the handshake is done
/// @param handshakes DTLS handshakes completed on this leg: stays 1 over address changes; 0 on a
///   link
/// @param downlinkBitsPerSecond what its downlink is held to bear, negative while nothing says that
///   it is narrow
/// @param slots what goes out
public record LegStats(
        LegId leg,
        String state,
        String remoteAddress,
        boolean tcp,
        String srtpProfile,
        int handshakes,
        long downlinkBitsPerSecond,
        List<Slot> slots) {
    /// The same of a peer that comes by TCP.
    ///
    /// @param from where it really is
    public LegStats byTcp(String from) {
        return new LegStats(
                leg, state, from, true, srtpProfile, handshakes, downlinkBitsPerSecond, slots);
    }

    /// @param source empty when nothing is attached
    /// @param state `empty`, `waiting` (for the first packet or a key frame), `incompatible` (the
    ///   peer does not know the source's codec), `catching-up`, `live`, `paced` (as fast as a
    ///   narrow downlink admits), `paused-for-bandwidth` (not before a later key frame, for the
    ///   downlink does not bear it)
    /// @param redundancy how many packets before go along with each packet of voice (RFC 2198)
    /// @param reportedLossFraction the peer's last receiver report, 0 to 1
    /// @param roundTripMillis negative while unknown
    public record Slot(
            String mid,
            String source,
            String state,
            long packets,
            long retransmitted,
            long nacksReceived,
            int redundancy,
            double reportedLossFraction,
            double roundTripMillis) {}
}
