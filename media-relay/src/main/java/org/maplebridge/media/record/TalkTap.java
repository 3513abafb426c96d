package org.maplebridge.media.record;

/// Hears what a channel lets through, packet by packet in the order it comes.
///
/// Called on a media loop: copies what it wants to keep and returns at once.
public interface TalkTap {
    /// One packet of Opus. A late one has a lower number than the one before; none comes twice.
    ///
    /// @param seq counts on by one for each packet the talker sent
    /// @param timestamp of 48 kHz, wrapping
    /// @param payload borrowed
    void said(long seq, int timestamp, byte[] payload, int length);

    /// Nothing more comes.
    void over();
}
