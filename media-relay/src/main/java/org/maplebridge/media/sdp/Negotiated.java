package org.maplebridge.media.sdp;

import java.util.List;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// What offer and answer agreed on. Rejected sections are not in it.
///
/// @param sessionId in the answer's origin line, kept over further answers
/// @param version grows with every answer (RFC 3264 §8)
public record Negotiated(
        List<NegotiatedMedia> media,
        IceCredentials remoteIce,
        Fingerprint remoteFingerprint,
        long sessionId,
        int version) {
    public Negotiated {
        media = List.copyOf(media);
    }
}
