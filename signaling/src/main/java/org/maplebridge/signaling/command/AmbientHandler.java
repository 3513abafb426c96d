package org.maplebridge.signaling.command;

import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientReport;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStart;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStop;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.ambient.AmbientBoard;
import org.maplebridge.signaling.security.Roster;

/// Listening in on a unit. The right to is the permission table's; whom one may hear is decided by
/// who one sees.
public final class AmbientHandler {
    private final AmbientBoard board;
    private final Groups groups;
    private final Roster roster;

    public AmbientHandler(AmbientBoard board, Groups groups, Roster roster) {
        this.board = board;
        this.groups = groups;
        this.roster = roster;
    }

    Reply handle(Peer peer, AmbientMessage message) throws RecordUnavailable {
        return switch (message) {
            case AmbientStart start -> start(peer, start);
            case AmbientStop stop -> stop(peer, stop);
            case AmbientReport report -> report(peer, report);
        };
    }

    private Reply start(Peer peer, AmbientStart start) throws RecordUnavailable {
        if (!Ids.isValid(start.ambient())) {
            return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, "ambient", "Not an id."));
        }
        var aspect = start.picture() ? Aspect.LIVE : Aspect.UNITS;
        if (!Ids.isValid(start.unit())
                || !roster.visibility()
                        .seesUnit(peer.person().user(), new UnitId(start.unit()), aspect)) {
            return Reply.notVisible("unit");
        }
        var unit = new UnitId(start.unit());
        if (peer.unit().filter(unit::equals).isPresent()) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "This is the own unit.");
        }
        if (isGroup(start.ambient())) {
            return conflict();
        }
        return switch (board.start(peer, new CallId(start.ambient()), unit, start.picture())) {
            case BEGUN -> Reply.DONE;
            case OFFLINE -> Reply.refuse(RefusalCode.OFFLINE, "The unit's terminal is away.");
            case NO_MEDIA -> Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
            case NO_SLOT -> Reply.refuse(RefusalCode.NO_SLOT, "All voice slots are taken.");
            case CONFLICT -> conflict();
        };
    }

    private static Reply conflict() {
        return Reply.refuse(RefusalCode.ID_CONFLICT, "This id stands for something else.");
    }

    /// A voice slot names what it carries: that must not be taken for a group.
    private boolean isGroup(String id) {
        return groups.find(new GroupId(id)).isPresent();
    }

    private Reply stop(Peer peer, AmbientStop stop) {
        boolean known = Ids.isValid(stop.ambient()) && board.stop(peer, new CallId(stop.ambient()));
        return known ? Reply.DONE : Reply.notVisible("ambient");
    }

    private Reply report(Peer peer, AmbientReport report) {
        boolean known =
                Ids.isValid(report.ambient())
                        && board.report(
                                peer, new CallId(report.ambient()), report.on(), report.reason());
        return known ? Reply.DONE : Reply.notVisible("ambient");
    }
}
