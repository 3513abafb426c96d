package org.maplebridge.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.sdp.SdpOutcome.Refused;
import org.maplebridge.media.sdp.text.SdpText.Section;

/// Decides what an offer and the relay have in common, and writes the answer.
///
/// Pure but for the random numbers of [LocalSide]; never throws on any offer.
public final class SdpNegotiator {
    private SdpNegotiator() {}

    /// First offer of a leg.
    public static SdpOutcome open(String offer, LegPlan plan, LocalSide local) {
        return switch (OfferedSession.read(offer)) {
            case OfferedSession.Reading.Failed(Refused refusal) -> refusal;
            case OfferedSession.Reading.Read(OfferedSession session) -> {
                var ssrcs = new FreshSsrcs(local.randomInts());
                session.sections().forEach(s -> RemoteStreams.of(s.text()).forEach(ssrcs::avoid));
                yield agree(session, plan, local, ssrcs);
            }
        };
    }

    private static SdpOutcome agree(
            OfferedSession session, LegPlan plan, LocalSide local, FreshSsrcs ssrcs) {
        var streams = new MediaStreams(plan.syncGroups());
        var media = new ArrayList<NegotiatedMedia>();
        for (OfferedSession.Usable section : session.sections()) {
            OfferedSession.SectionRole role = allowed(section, plan);
            if (section.codecs().isEmpty() && (role.peerSends() || role.peerReceives())) {
                return noCommonCodec(section);
            }
            if (!section.codecs().isEmpty()) {
                media.add(negotiate(section, plan, role, streams, ssrcs));
            }
        }
        if (media.isEmpty()) {
            return new Refused("sdp-no-media", "The offer has no section this relay takes.");
        }
        long sessionId = local.randomInts().getAsInt() & 0x7fff_ffffL;
        PeerTransport peer = session.transport();
        var negotiated = new Negotiated(media, peer.ice(), peer.fingerprint(), sessionId, 1);
        return new SdpOutcome.Agreed(
                negotiated, AnswerWriter.write(session, negotiated, local, local.ice()), false);
    }

    private static Refused noCommonCodec(OfferedSession.Usable section) {
        return new Refused(
                "sdp-no-common-codec",
                "Section "
                        + section.mid()
                        + " offers neither Opus, VP8, H.264 baseline with packetization-mode 1, nor"
                        + " VP9 or AV1 of profile 0.");
    }

    /// The peer may send only where the plan says what becomes of it.
    private static OfferedSession.SectionRole allowed(OfferedSession.Usable section, LegPlan plan) {
        OfferedSession.SectionRole offered = section.role();
        boolean published = plan.publishes().containsKey(section.mid());
        return new OfferedSession.SectionRole(
                offered.peerSends() && published, offered.peerReceives());
    }

    private static NegotiatedMedia negotiate(
            OfferedSession.Usable section,
            LegPlan plan,
            OfferedSession.SectionRole role,
            MediaStreams streams,
            FreshSsrcs ssrcs) {
        Section text = section.text();
        boolean rtx = section.codecs().stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
        String mid = section.mid();
        return new NegotiatedMedia(
                mid,
                section.kind(),
                role.peerSends(),
                role.peerReceives(),
                wanted(section, plan),
                extensions(section, plan, role),
                role.peerSends() ? RemoteStreams.of(text) : List.of(),
                role.peerSends() && plan.layers() ? OfferedLayers.of(section) : List.of(),
                role.peerReceives() ? ssrcs.next() : 0,
                role.peerReceives() && rtx ? ssrcs.next() : 0,
                role.peerReceives() ? streams.stream(mid) : "",
                role.peerReceives() ? streams.msid(mid) : "");
    }

    /// The dependency descriptor is read of publishers that send in layers, and passed on to
    /// viewers that ask for it: decoders of AV1 in browsers do.
    private static ExtensionIds extensions(
            OfferedSession.Usable section, LegPlan plan, OfferedSession.SectionRole role) {
        ExtensionIds offered = RtpHeaderExtensions.of(section.text());
        boolean read = plan.layers() && OfferedLayers.scalable(section);
        return read || !role.peerSends() ? offered : offered.withoutDependency();
    }

    private static List<NegotiatedCodec> wanted(OfferedSession.Usable section, LegPlan plan) {
        return CodecChoice.wanted(section.codecs(), plan.redundancy(), section.role().peerSends());
    }

    /// Further offer of the same leg: sections, directions and certificate must be as in `before`;
    /// ICE credentials may be new. Keeps SSRCs.
    ///
    /// @param inUse answered while the peer's ICE credentials are the old ones
    /// @param fresh whose credentials are answered when they are new
    public static SdpOutcome again(
            String offer, LegPlan plan, Negotiated before, IceCredentials inUse, LocalSide fresh) {
        return switch (OfferedSession.read(offer)) {
            case OfferedSession.Reading.Failed(Refused refusal) -> refusal;
            case OfferedSession.Reading.Read(OfferedSession session) -> {
                Refused changed = change(session, plan, before);
                yield changed != null ? changed : repeat(session, before, inUse, fresh);
            }
        };
    }

    /// ICE restart by a fragment of the peer's instead of an offer (RFC 9725 §4.3.3). The answer is
    /// a fragment too, with our fresh credentials and candidates.
    public static SdpOutcome restart(String fragment, Negotiated before, LocalSide fresh) {
        TrickleFragment parsed = TrickleFragment.parse(fragment);
        if (parsed == null) {
            return new Refused("sdp-malformed", "This is no trickle-ice-sdpfrag.");
        }
        if (!parsed.restarts(before.remoteIce().fragment())) {
            return new Refused("sdp-no-ice", "The fragment brings no new ice-ufrag and ice-pwd.");
        }
        var remote = new IceCredentials(parsed.ufrag(), parsed.password());
        Negotiated restarted = next(before, remote);
        return new SdpOutcome.Agreed(restarted, AnswerWriter.fragment(restarted, fresh), true);
    }

    private static Negotiated next(Negotiated before, IceCredentials remote) {
        return new Negotiated(
                before.media(),
                remote,
                before.remoteFingerprint(),
                before.sessionId(),
                before.version() + 1);
    }

    private static SdpOutcome repeat(
            OfferedSession session, Negotiated before, IceCredentials inUse, LocalSide fresh) {
        IceCredentials remote = session.transport().ice();
        boolean restarted = !remote.equals(before.remoteIce());
        Negotiated negotiated = next(before, remote);
        String answer =
                AnswerWriter.write(session, negotiated, fresh, restarted ? fresh.ice() : inUse);
        return new SdpOutcome.Agreed(negotiated, answer, restarted);
    }

    private static @Nullable Refused change(
            OfferedSession session, LegPlan plan, Negotiated before) {
        if (!session.transport().fingerprint().equals(before.remoteFingerprint())) {
            return new Refused("sdp-changed", "The certificate is not that of the first offer.");
        }
        Map<String, NegotiatedMedia> known = new LinkedHashMap<>();
        before.media().forEach(media -> known.put(media.mid(), media));
        Set<String> offered = new HashSet<>();
        for (OfferedSession.Usable section : session.sections()) {
            if (section.codecs().isEmpty()) {
                continue;
            }
            offered.add(section.mid());
            OfferedSession.SectionRole role = allowed(section, plan);
            boolean same =
                    Optional.ofNullable(known.get(section.mid()))
                            .filter(media -> media.kind() == section.kind())
                            .filter(media -> media.peerSends() == role.peerSends())
                            .filter(media -> media.peerReceives() == role.peerReceives())
                            .filter(media -> sameCodecs(media.codecs(), wanted(section, plan)))
                            .isPresent();
            if (!same) {
                return new Refused(
                        "sdp-changed", "Section " + section.mid() + " is not as it was.");
            }
        }
        return offered.equals(known.keySet())
                ? null
                : new Refused("sdp-changed", "A section of the first offer is missing.");
    }

    /// In whatever order: a page may have changed what it likes best since, the answer has not.
    private static boolean sameCodecs(List<NegotiatedCodec> ours, List<NegotiatedCodec> offered) {
        return Set.copyOf(ours).equals(Set.copyOf(offered));
    }
}
