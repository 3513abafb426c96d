package org.maplebridge.media.sdp;

import org.maplebridge.media.sdp.SdpText.Attributes;
import org.maplebridge.media.sdp.SdpText.Section;

/// Who sends in a section, seen from the peer.
record SectionRole(boolean peerSends, boolean peerReceives) {
    /// What the offer asks for; `sendrecv` when it does not say (RFC 8866 §6.7).
    static SectionRole offered(Section section, Attributes session) {
        for (Attributes attributes : new Attributes[] {section.attributes(), session}) {
            if (attributes.has("sendrecv")) {
                return new SectionRole(true, true);
            }
            if (attributes.has("sendonly")) {
                return new SectionRole(true, false);
            }
            if (attributes.has("recvonly")) {
                return new SectionRole(false, true);
            }
            if (attributes.has("inactive")) {
                return new SectionRole(false, false);
            }
        }
        return new SectionRole(true, true);
    }

    /// As an answer's direction, seen from us.
    static String answered(NegotiatedMedia media) {
        if (media.peerSends()) {
            return media.peerReceives() ? "sendrecv" : "recvonly";
        }
        return media.peerReceives() ? "sendonly" : "inactive";
    }
}
