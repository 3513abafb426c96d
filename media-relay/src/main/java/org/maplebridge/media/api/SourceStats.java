package org.maplebridge.media.api;

/// How a published stream arrives here. Counters since the source began.
///
/// @param packets packets received once, repaired ones included
/// @param lost packets that never came, repaired ones not counted
/// @param repaired packets that came by retransmission, or along with a later one (RFC 2198)
/// @param bitsPerSecond over about the last second, RTP payload and headers
/// @param jitterMillis RFC 3550 §6.4.1
/// @param roundTripMillis to the publisher, negative while unknown
/// @param keyFrames key frames seen
/// @param keyFramesRequested PLI or FIR sent to the publisher
/// @param silentMillis since the last packet, negative before the first
/// @param viewers slots fed by it now
public record SourceStats(
        long packets,
        long lost,
        long repaired,
        long bitsPerSecond,
        double jitterMillis,
        double roundTripMillis,
        long keyFrames,
        long keyFramesRequested,
        long silentMillis,
        int viewers) {}
