package org.maplebridge.media.dtls;

import org.maplebridge.media.srtp.SrtpKeys;

/// What a handshake's thread has to tell, in order.
public sealed interface DtlsOutput {
    /// To be sent to the peer.
    ///
    /// @param bytes handed over, never touched again
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Datagram(byte[] bytes) implements DtlsOutput {}

    /// The handshake is through.
    record Keys(SrtpKeys keys) implements DtlsOutput {}

    /// Nothing comes after this.
    record Ended(DtlsEnd end) implements DtlsOutput {}
}
