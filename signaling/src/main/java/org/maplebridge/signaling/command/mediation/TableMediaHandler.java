package org.maplebridge.signaling.command.mediation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.command.OfferedSections;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableMedia;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaClose;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaTrickle;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaAnswer;
import org.maplebridge.signaling.trace.Joins;

/// Opens, renews and ends the one peer connection of a device at a table. What it sends goes to
/// nobody until [Table] says so.
public final class TableMediaHandler {
    private static final Set<String> NEW_LEG = Set.of("sdp-changed", "leg-unknown");

    private final MediaRelay relay;
    private final Redundancy redundancy;
    private final Joins joins;
    private final AtomicLong opened = new AtomicLong();

    public TableMediaHandler(MediaRelay relay, Redundancy redundancy, Joins joins) {
        this.joins = joins;
        this.relay = relay;
        this.redundancy = redundancy;
    }

    Reply handle(Attendant who, Table table, MediaMessage message, @Nullable String id) {
        return switch (message) {
            case MediaOffer offer -> offer(who, table, offer, id);
            case MediaTrickle(String fragment) -> trickle(who, table, fragment);
            case MediaClose _ -> {
                table.closed(who);
                yield Reply.DONE;
            }
        };
    }

    private Reply offer(Attendant who, Table table, MediaOffer offer, @Nullable String id) {
        Optional<Refusal> fault = OfferedSections.fault(offer.sections());
        if (fault.isPresent()) {
            return new Reply.Refused(fault.get());
        }
        var leg = new LegId(Tables.LEG + who.session() + "." + opened.incrementAndGet());
        var media = media(leg, offer);
        Optional<TableMedia> before = table.media(who);
        if (before.isPresent() && before.get().tiles().equals(media.tiles())) {
            switch (relay.reoffer(before.get().leg(), offer.sdp())) {
                case Negotiation.Accepted accepted -> {
                    return new Reply.Said(new MediaAnswer(id, accepted.answer()));
                }
                case Negotiation.Refused(var code, var detail) -> {
                    if (!NEW_LEG.contains(code)) {
                        return refused(code, detail);
                    }
                }
            }
        }
        return switch (relay.open(leg, offer.sdp(), plan(who, media, offer))) {
            case Negotiation.Accepted accepted -> {
                joins.answered(who.session());
                who.send(new MediaAnswer(id, accepted.answer()));
                table.opened(who, media);
                yield new Reply.Answered();
            }
            case Negotiation.Refused(var code, var detail) -> refused(code, detail);
        };
    }

    private static TableMedia media(LegId leg, MediaOffer offer) {
        var tiles = new HashMap<Integer, TableMedia.Tile>();
        OfferedSections.receiving(offer.sections(), leg)
                .tiles()
                .forEach((number, tile) ->
                        tiles.put(number, new TableMedia.Tile(tile.picture(), tile.sound())));
        return TableMedia.of(leg, tiles);
    }

    private LegPlan plan(Attendant who, TableMedia media, MediaOffer offer) {
        var publishes = new HashMap<String, SourceId>();
        var sync = new HashMap<String, String>();
        for (var section : offer.sections()) {
            switch (section.use()) {
                case MIC -> publishes.put(section.mid(), media.microphone());
                case CAMERA -> publishes.put(section.mid(), media.camera());
                case PICTURE, SOUND -> sync.put(section.mid(), "tile-" + section.tile());
                case VOICE -> {}
            }
        }
        return new LegPlan(who.participant().mediation().value(), publishes, sync, redundancy);
    }

    private Reply trickle(Attendant who, Table table, String fragment) {
        Optional<TableMedia> media = table.media(who);
        if (media.isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "There is no peer connection.");
        }
        return relay.trickle(media.get().leg(), fragment)
                ? Reply.DONE
                : new Reply.Refused(
                        Refusal.field(
                                RefusalCode.MALFORMED,
                                "fragment",
                                "Not a fragment of this peer connection (RFC 8840)."));
    }

    private static Reply refused(String code, String detail) {
        return new Reply.Refused(new Refusal(code, detail, Map.of()));
    }
}
