package org.maplebridge.media.api;

import java.nio.file.Path;

/// What the relay tells of its own accord. Delivered in order per leg, on a thread of the relay
/// that must not be blocked.
public sealed interface RelayEvent {
    /// ICE and DTLS are through; media flows from now on.
    record LegConnected(LegId leg, String remoteAddress) implements RelayEvent {}

    /// The peer answers from a new address; nothing else changed (RFC 8445 §7.3.1.3).
    record LegMoved(LegId leg, String remoteAddress) implements RelayEvent {}

    /// The leg is gone and closed. Causes: `consent-expired` (RFC 7675), `handshake-timeout`,
    /// `handshake-failed`, `fingerprint-mismatch`, `peer-closed`.
    record LegLost(LegId leg, String cause) implements RelayEvent {}

    /// First packet of a source, or first after [SourceStalled].
    record SourceStarted(SourceId source) implements RelayEvent {}

    /// While packets come: again at most every 500 ms, so that a floor can restart its T1.
    record SourceActive(SourceId source) implements RelayEvent {}

    /// No packet for 1 s of video or 500 ms of audio.
    record SourceStalled(SourceId source) implements RelayEvent {}

    /// The first whole key frame went to the slot after an [MediaRelay#attach] (video), or the
    /// first packet (audio).
    record SlotStarted(LegId leg, String mid, SourceId source) implements RelayEvent {}

    /// The talker's last word of this grant was carried, after [MediaRelay#finishFloor]; told once.
    record FloorFinished(SourceId channel, long epoch) implements RelayEvent {}

    /// The file of one grant is written and closed, after [MediaRelay#record].
    ///
    /// @param durationMillis of the sound in it
    /// @param complete false when something of it is missing, or all
    record Recorded(SourceId channel, long epoch, Path file, long durationMillis, boolean complete)
            implements RelayEvent {}
}
