package org.maplebridge.signaling.evidence;

import java.io.InputStream;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceFault;

/// How far a picture or video is on its way here, or why it goes no further.
public sealed interface Uploading {
    /// @param offset bytes that are here and stay
    /// @param fresh whether it was announced just now for the first time
    record At(Evidence evidence, long offset, boolean fresh) implements Uploading {}

    /// Nothing of it is kept.
    record Refused(EvidenceFault fault) implements Uploading {}

    /// It is not known, or not any more.
    record Unknown() implements Uploading {}

    /// Another node has what has come so far.
    ///
    /// @param address of that node
    record Elsewhere(String address) implements Uploading {}

    /// The piece does not go on where the last one ended.
    record WrongOffset(long offset) implements Uploading {}

    /// The piece is not what its sender added up. Nothing of it is kept.
    record WrongChecksum(long offset) implements Uploading {}

    /// The sender goes on by a newer request.
    record Superseded() implements Uploading {}

    /// Bytes that go on at an offset.
    ///
    /// @param length as it was said; negative when it was not
    record Piece(long offset, InputStream bytes, long length, Checksum checksum) {}
}
