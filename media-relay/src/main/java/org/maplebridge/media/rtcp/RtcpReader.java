package org.maplebridge.media.rtcp;

/// Reads compound and reduced-size packets (RFC 3550 §6.1, RFC 5506). Never throws, whatever comes.
public final class RtcpReader {
    private RtcpReader() {}

    /// Tells `visitor` what is in the packet.
    ///
    /// @return packets in the compound, or a [org.maplebridge.media.wire.DropReason] code when
    ///   lengths do not add up; then the visitor has heard nothing
    public static int read(byte[] data, int offset, int length, RtcpVisitor visitor) {
        throw new UnsupportedOperationException("coming");
    }
}
