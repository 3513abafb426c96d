package org.maplebridge.media.simulation;

import java.nio.ByteBuffer;

/// One packet of a microphone: an Opus packet of 20 ms by its first byte (RFC 6716 §3.1), and whose
/// and which it is by the others.
///
/// @param number counted from 0
public record Voice(int speaker, int number) {
    private static final byte TOC = 9 << 3; // wideband speech, 20 ms, mono, one frame

    public byte[] toPayload() {
        return ByteBuffer.allocate(60).put(TOC).position(4).putInt(speaker).putInt(number).array();
    }

    public static Voice read(byte[] payload) {
        var bytes = ByteBuffer.wrap(payload);
        if (bytes.get() != TOC) {
            throw new AssertionError("not what was sent");
        }
        bytes.position(4);
        return new Voice(bytes.getInt(), bytes.getInt());
    }
}
