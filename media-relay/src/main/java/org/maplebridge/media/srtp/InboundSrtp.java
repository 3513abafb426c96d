package org.maplebridge.media.srtp;

/// Opens what one leg receives, in place, and refuses what was changed, repeated or too old.
///
/// A stream's roll-over count and replay window exist only after its first authentic packet, and
/// for at most [#MAX_STREAMS] streams.
///
/// Thread: its leg's media loop.
public final class InboundSrtp implements AutoCloseable {
    /// Ten times what a busy peer sends, and 300 KiB at most.
    public static final int MAX_STREAMS = 1_024;

    public InboundSrtp(SrtpProfile profile, byte[] key, byte[] salt, SrtpCiphers ciphers) {
        throw new UnsupportedOperationException("coming");
    }

    /// @return the length in the clear, or a [org.maplebridge.media.wire.DropReason] code; then the
    ///   bytes may be garbled
    public int unprotectRtp(byte[] data, int offset, int length) {
        throw new UnsupportedOperationException("coming");
    }

    /// @return the compound's length in the clear, or a [org.maplebridge.media.wire.DropReason]
    ///   code; then the bytes may be garbled
    public int unprotectRtcp(byte[] data, int offset, int length) {
        throw new UnsupportedOperationException("coming");
    }

    /// Frees native keys at once rather than when the collector finds them.
    @Override
    public void close() {}
}
