package org.maplebridge.media.finish.frame;

/// One packet on its way into a frame.
///
/// @param ticks of the stream's clock, without wraps
/// @param arrivalNanos on our wall clock
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Part(
        int stretch, long seq, long ticks, boolean marker, long arrivalNanos, byte[] payload) {}
