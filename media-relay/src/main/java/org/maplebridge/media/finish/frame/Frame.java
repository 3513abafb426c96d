package org.maplebridge.media.finish.frame;

/// One picture or sound, as a decoder takes it.
///
/// @param stretch of the recording ([org.maplebridge.media.record.file.Entry.Stretch])
/// @param ticks of the stream's clock, without wraps
/// @param key whether a decoder can begin with it
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Frame(int stretch, long ticks, boolean key, byte[] data) {}
