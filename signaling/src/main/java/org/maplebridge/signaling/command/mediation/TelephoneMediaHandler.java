package org.maplebridge.signaling.command.mediation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.TableMedia;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.telephone.TelephoneLine;
import org.maplebridge.signaling.mediation.telephone.Telephones;

/// Connects a call's voice by one offer and answer: the caller's in one section, each of the others
/// in a section of its own, which the gateway mixes. What is sent goes to nobody until [Table] says
/// so.
///
/// Thread: any.
public final class TelephoneMediaHandler {
    /// Everybody who fits into a room beside the caller: who is not given a section would not be
    /// heard, and nobody would know.
    static final int EARS = Rooms.MOST_IN_A_ROOM - 1;

    /// What came of an offer.
    public sealed interface Connected {
        /// @param leg names it, as an entity tag does
        record Answered(String answer, String leg) implements Connected {}

        record Refused(String code, String detail) implements Connected {}

        /// The caller does not sit at the table: nobody is heard before they have agreed.
        record NotSeated() implements Connected {}
    }

    private final MediaRelay relay;
    private final Tables tables;
    private final Telephones telephones;
    private final AtomicLong opened = new AtomicLong();

    public TelephoneMediaHandler(MediaRelay relay, Tables tables, Telephones telephones) {
        this.relay = relay;
        this.tables = tables;
        this.telephones = telephones;
    }

    /// A new offer of the same call takes the former one's place.
    public Connected offer(TelephoneLine line, String sdp) {
        Optional<Table> table = tables.of(line.participant().mediation());
        if (table.isEmpty() || !table.get().sits(line)) {
            return new Connected.NotSeated();
        }
        var offer = TelephoneOffer.read(sdp);
        if (offer.voice().isEmpty() || offer.ears().size() < EARS) {
            return new Connected.Refused(
                    "too-few-sections",
                    "One audio section that sends and "
                            + EARS
                            + " that receive are needed, one for each voice in a room.");
        }
        var leg = new LegId(Tables.LEG + line.session() + "." + opened.incrementAndGet());
        var tiles = new HashMap<Integer, TableMedia.Tile>();
        var sync = new HashMap<String, String>();
        for (var mid : offer.ears()) {
            sync.put(mid, "tile-" + tiles.size());
            tiles.put(tiles.size(), new TableMedia.Tile(null, mid));
        }
        var media = TableMedia.voice(leg, tiles);
        Map<String, SourceId> publishes = Map.of(offer.voice().get(), media.microphone());
        var affinity = line.participant().mediation().value();
        return switch (relay.open(leg, sdp, new LegPlan(affinity, publishes, sync))) {
            case Negotiation.Accepted accepted -> {
                table.get().opened(line, media);
                telephones.connected(line, true);
                yield new Connected.Answered(accepted.answer(), leg.value());
            }
            case Negotiation.Refused(var code, var detail) -> new Connected.Refused(code, detail);
        };
    }

    public void close(TelephoneLine line) {
        tables.of(line.participant().mediation()).ifPresent(table -> table.closed(line));
        telephones.connected(line, false);
    }
}
