package org.maplebridge.media.finish.frame;

/// One picture or sound, as a decoder takes it.
///
/// @param stretch of the recording ([org.maplebridge.media.record.file.Entry.Stretch])
/// @param ticks of the stream's clock, without wraps
/// @param arrivalNanos when the last of it came, on our wall clock
/// @param key whether a decoder can begin with it
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Frame(int stretch, long ticks, long arrivalNanos, boolean key, byte[] data) {}
