package org.maplebridge.media.api;

/// A master key: every file has a key of its own, which is kept in the file wrapped by this one.
///
/// @param name tells later which master key opens the file; stands in the file in the clear, at
///   most 255 bytes of UTF-8
/// @param secret 32 bytes
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record RecordingKey(String name, byte[] secret) {
    @Override
    public String toString() {
        return "RecordingKey[" + name + "]";
    }
}
