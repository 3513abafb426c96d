package org.maplebridge.media.rtp;

/// The client-to-mixer audio level element: one byte, loudness and voice (RFC 6464 §3).
public final class AudioLevel {
    /// Silence, and what a talker without the extension counts as.
    public static final int SILENT = 127;

    private AudioLevel() {}

    /// Loudness in -dBov: 0 is the loudest, 127 silence.
    public static int level(int element) {
        return element & 0x7f;
    }

    /// Whether the sender believes that it is speech.
    public static boolean voice(int element) {
        return (element & 0x80) != 0;
    }
}
