package org.maplebridge.media.sdp;

import org.jspecify.annotations.Nullable;

/// A trickled piece of SDP, `application/trickle-ice-sdpfrag` (RFC 8840 §9).
///
/// @param ufrag empty when the fragment names none
/// @param password empty when the fragment names none
/// @param candidates how many well-formed candidates it carries
/// @param endOfCandidates whether it says that no more will come
public record TrickleFragment(
        String ufrag, String password, int candidates, boolean endOfCandidates) {
    /// Null when the text is malformed or too long.
    public static @Nullable TrickleFragment parse(String text) {
        throw new UnsupportedOperationException();
    }
}
