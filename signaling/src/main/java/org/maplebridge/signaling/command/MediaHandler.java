package org.maplebridge.signaling.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaClose;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaTrickle;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Section;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaAnswer;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.MediaLeg;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.trace.Joins;

/// Opens, renews and ends a session's one peer connection.
public final class MediaHandler {
    /// Refusals of a renewed offer that a leg of its own may not get.
    private static final Set<String> NEW_LEG = Set.of("sdp-changed", "leg-unknown");

    private final MediaRelay relay;
    private final Legs legs;
    private final Microphones microphones;
    private final Redundancy redundancy;
    private final boolean layers;
    private final Joins joins;
    private final AtomicLong opened = new AtomicLong();

    /// @param redundancy of voice, both ways
    /// @param layers whether cameras may be sent in several resolutions
    public MediaHandler(
            MediaRelay relay,
            Legs legs,
            Microphones microphones,
            Redundancy redundancy,
            boolean layers,
            Joins joins) {
        this.joins = joins;
        this.layers = layers;
        this.redundancy = redundancy;
        this.relay = relay;
        this.legs = legs;
        this.microphones = microphones;
    }

    Reply handle(Peer peer, MediaMessage message, @Nullable String id) {
        return switch (message) {
            case MediaOffer offer -> offer(peer, offer, id);
            case MediaTrickle trickle -> trickle(peer, trickle);
            case MediaClose _ -> {
                legs.close(peer.session());
                yield Reply.DONE;
            }
        };
    }

    private Reply offer(Peer peer, MediaOffer offer, @Nullable String id) {
        Optional<Refusal> fault = OfferedSections.fault(offer.sections());
        if (fault.isPresent()) {
            return new Reply.Refused(fault.get());
        }
        var receiving = OfferedSections.receiving(offer.sections(), nextId(peer));
        Optional<MediaLeg> open = legs.of(peer.session());
        if (open.isPresent() && isSame(open.get(), receiving)) {
            return renew(peer, open.get(), receiving, offer, id);
        }
        return open(peer, offer, receiving, id);
    }

    private Reply renew(
            Peer peer, MediaLeg leg, MediaLeg next, MediaOffer offer, @Nullable String id) {
        return switch (relay.reoffer(leg.id(), offer.sdp())) {
            case Negotiation.Accepted accepted ->
                    new Reply.Said(new MediaAnswer(id, accepted.answer()));
            // A page that built a new peer connection offers other keys: that is a new leg.
            case Negotiation.Refused(var code, _) when NEW_LEG.contains(code) ->
                    open(peer, offer, next, id);
            case Negotiation.Refused(var code, var detail) -> refused(code, detail);
        };
    }

    /// A former leg goes when the new one stands.
    private Reply open(Peer peer, MediaOffer offer, MediaLeg leg, @Nullable String id) {
        return switch (relay.open(leg.id(), offer.sdp(), plan(peer, offer.sections()))) {
            case Negotiation.Accepted accepted -> {
                joins.answered(peer.session());
                peer.send(new MediaAnswer(id, accepted.answer()));
                legs.opened(peer.session(), leg);
                microphones.opened(peer);
                yield new Reply.Answered();
            }
            case Negotiation.Refused(var code, var detail) -> refused(code, detail);
        };
    }

    private static Reply refused(String code, String detail) {
        return new Reply.Refused(new Refusal(code, detail, Map.of()));
    }

    private Reply trickle(Peer peer, MediaTrickle trickle) {
        Optional<MediaLeg> leg = legs.of(peer.session());
        if (leg.isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "There is no peer connection.");
        }
        return relay.trickle(leg.get().id(), trickle.fragment())
                ? Reply.DONE
                : new Reply.Refused(
                        Refusal.field(
                                RefusalCode.MALFORMED,
                                "fragment",
                                "Not a fragment of this peer connection (RFC 8840)."));
    }

    private LegId nextId(Peer peer) {
        return new LegId(peer.session() + "." + opened.incrementAndGet());
    }

    private static boolean isSame(MediaLeg open, MediaLeg offered) {
        return open.tiles().equals(offered.tiles()) && open.voices().equals(offered.voices());
    }

    /// What the caller has no right to send is not in the plan, and so not taken.
    private LegPlan plan(Peer peer, List<Section> sections) {
        var publishes = new HashMap<String, SourceId>();
        var sync = new HashMap<String, String>();
        for (var section : sections) {
            switch (section.use()) {
                case MIC -> {
                    if (peer.person().may(Permission.TALK)) {
                        publishes.put(section.mid(), Sources.microphone(peer));
                    }
                }
                case CAMERA -> {
                    if (peer.isTerminal() && peer.person().may(Permission.LIVE_SEND)) {
                        peer.unit()
                                .ifPresent(
                                        unit -> publishes.put(section.mid(), Sources.camera(unit)));
                    }
                }
                case PICTURE, SOUND -> sync.put(section.mid(), "tile-" + section.tile());
                case VOICE -> {}
            }
        }
        return new LegPlan(
                peer.person().user().node().value(), publishes, sync, redundancy, layers);
    }
}
