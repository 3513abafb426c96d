package org.maplebridge.signaling.command;

import java.util.Optional;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.position.PositionBoard;

/// Where a terminal says its unit is.
public final class PositionHandler {
    private final PositionBoard board;

    public PositionHandler(PositionBoard board) {
        this.board = board;
    }

    Reply handle(Peer peer, PositionMessage message) {
        return switch (message) {
            case PositionReport report -> report(peer, report);
        };
    }

    private Reply report(Peer peer, PositionReport report) {
        Optional<UnitId> unit = peer.isTerminal() ? peer.unit() : Optional.empty();
        if (unit.isEmpty()) {
            return Reply.refuse(
                    RefusalCode.NOT_ALLOWED, "Only a unit's terminal says where it is.");
        }
        var point = new GeoPoint(report.place().latitude(), report.place().longitude());
        var position = new Position(unit.get(), point, report.accuracyMetres(), report.at());
        return switch (board.report(peer.session(), position)) {
            case TAKEN -> Reply.DONE;
            case TOO_OFTEN -> Reply.refuse(RefusalCode.TOO_MANY, "Twice a second is enough.");
            case WRONG_TIME -> malformed("at", "In the future, or older than ten minutes.");
            case WRONG_PLACE -> malformed("place", "Nobody gets there in the time between.");
        };
    }

    private static Reply malformed(String field, String detail) {
        return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }
}
