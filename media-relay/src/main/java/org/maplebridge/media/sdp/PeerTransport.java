package org.maplebridge.media.sdp;

import java.util.Optional;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.sdp.text.SdpText.Attributes;
import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// How the peer is reached and recognised, from the section that stands for the whole bundle.
record PeerTransport(IceCredentials ice, Fingerprint fingerprint) {
    /// Either of both.
    sealed interface Reading {
        record Read(PeerTransport transport) implements Reading {}

        record Failed(SdpOutcome.Refused refusal) implements Reading {}
    }

    static Reading read(Section tagged, Attributes session) {
        String ufrag = tagged.inherited("ice-ufrag", session);
        String password = tagged.inherited("ice-pwd", session);
        if (!SdpTokens.iceChars(ufrag, 4, 256) || !SdpTokens.iceChars(password, 22, 256)) {
            return failed("sdp-no-ice", "The offer has no valid ice-ufrag and ice-pwd.");
        }
        if (session.has("ice-lite")) {
            return failed("sdp-no-ice", "Both sides are ICE-lite: nobody would send checks.");
        }
        Optional<Fingerprint> fingerprint = fingerprint(tagged, session);
        if (fingerprint.isEmpty()) {
            return failed(
                    "sdp-no-fingerprint",
                    "The offer has no DTLS fingerprint by SHA-256, SHA-384 or SHA-512.");
        }
        String setup = tagged.inherited("setup", session);
        if (!setup.equals("actpass") && !setup.equals("active")) {
            return failed("sdp-setup", "The offer must let the peer be DTLS client (actpass).");
        }
        return new Reading.Read(
                new PeerTransport(new IceCredentials(ufrag, password), fingerprint.get()));
    }

    private static Optional<Fingerprint> fingerprint(Section tagged, Attributes session) {
        Attributes holder = tagged.attributes().has("fingerprint") ? tagged.attributes() : session;
        return holder.all("fingerprint").stream()
                .map(Fingerprint::parse)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Reading failed(String code, String detail) {
        return new Reading.Failed(new SdpOutcome.Refused(code, detail));
    }
}
