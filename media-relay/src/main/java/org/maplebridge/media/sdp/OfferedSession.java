package org.maplebridge.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.SdpOutcome.Refused;
import org.maplebridge.media.sdp.text.SdpText;
import org.maplebridge.media.sdp.text.SdpText.Attributes;
import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// An offer understood: which sections could be taken, and over which one transport.
///
/// @param all every section, in order, for the answer must have as many
/// @param sections those of kinds and protocols we carry
/// @param bundle MIDs of the BUNDLE group, in its order; of a single section without a group: its
///   own
/// @param mixed whether both forms of header extensions may be in one stream (RFC 8285 §6), of all
///   sections; one may say so of itself
record OfferedSession(
        List<Section> all,
        List<Usable> sections,
        List<String> bundle,
        PeerTransport transport,
        boolean mixed) {
    private static final String MIXED = "extmap-allow-mixed";

    /// A section that is audio or video over SRTP and wanted by the offerer.
    ///
    /// @param codecs the ones in common, possibly none
    record Usable(
            Section text,
            String mid,
            MediaKind kind,
            SectionRole role,
            List<NegotiatedCodec> codecs) {}

    /// Either of both.
    sealed interface Reading {
        record Read(OfferedSession session) implements Reading {}

        record Failed(Refused refusal) implements Reading {}
    }

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

    private static final String BUNDLE = "BUNDLE ";

    boolean mixed(Section section) {
        return mixed || section.attributes().has(MIXED);
    }

    static Reading read(String offer) {
        return switch (SdpText.read(offer)) {
            case SdpText.Reading.Failed(String code, String detail) -> failed(code, detail);
            case SdpText.Reading.Read(SdpText text) -> understand(text);
        };
    }

    private static Reading understand(SdpText text) {
        var usable = new ArrayList<Usable>();
        Set<String> mids = new HashSet<>();
        for (Section section : text.sections()) {
            if (!section.mid().isEmpty()
                    && !(SdpTokens.token(section.mid()) && mids.add(section.mid()))) {
                return failed("sdp-malformed", "Two sections have the same mid, or one no token.");
            }
            MediaKind kind = kind(section);
            if (kind != null && live(section)) {
                usable.add(usable(section, kind, text));
            }
        }
        if (usable.isEmpty()) {
            return failed("sdp-no-media", "The offer has no audio or video section over SRTP.");
        }
        return bundle(text, usable);
    }

    private static Usable usable(Section section, MediaKind kind, SdpText text) {
        SectionRole role = SectionRole.offered(section, text.session());
        return new Usable(
                section,
                section.mid(),
                kind,
                role,
                CodecChoice.choose(kind, OfferedCodecs.of(section), role.peerSends()));
    }

    private static Reading bundle(SdpText text, List<Usable> usable) {
        if (usable.stream().anyMatch(section -> section.mid().isEmpty())) {
            return failed("sdp-malformed", "A media section has no mid.");
        }
        List<String> bundle = group(text);
        if (bundle.isEmpty() && usable.size() == 1) {
            bundle = List.of(usable.getFirst().mid());
        }
        for (Usable section : usable) {
            if (!bundle.contains(section.mid())) {
                return failed(
                        "sdp-not-bundled",
                        "All media must share one transport: offer a BUNDLE group of all.");
            }
            if (!section.text().attributes().has("rtcp-mux")) {
                return failed("sdp-no-rtcp-mux", "RTP and RTCP must share one port: rtcp-mux.");
            }
        }
        Section tagged = tagged(bundle, usable).text();
        return switch (PeerTransport.read(tagged, text.session())) {
            case PeerTransport.Reading.Failed(Refused refusal) -> new Reading.Failed(refusal);
            case PeerTransport.Reading.Read(PeerTransport transport) ->
                    new Reading.Read(
                            new OfferedSession(
                                    text.sections(),
                                    usable,
                                    bundle,
                                    transport,
                                    text.session().has(MIXED)));
        };
    }

    /// The first section of the group that we take carries the transport of all (RFC 9143 §7.3).
    private static Usable tagged(List<String> bundle, List<Usable> usable) {
        for (String mid : bundle) {
            for (Usable section : usable) {
                if (section.mid().equals(mid)) {
                    return section;
                }
            }
        }
        return usable.getFirst();
    }

    private static List<String> group(SdpText text) {
        return text.session().all("group").stream()
                .filter(value -> value.startsWith(BUNDLE))
                .findFirst()
                .map(value -> List.of(value.substring(BUNDLE.length()).strip().split(" +")))
                .orElse(List.of());
    }

    private static @Nullable MediaKind kind(Section section) {
        return switch (section.media()) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> null;
        };
    }

    /// Port 0 rejects a section unless it is only waiting for the bundle (RFC 9143 §6).
    private static boolean live(Section section) {
        return section.protocol().endsWith("RTP/SAVPF")
                && (section.port() != 0 || section.attributes().has("bundle-only"));
    }

    private static Reading failed(String code, String detail) {
        return new Reading.Failed(new Refused(code, detail));
    }
}
