package org.maplebridge.signaling.session;

import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.command.TableCommands;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.trace.Joins;

/// As [TracedCommands], of devices at a table.
///
/// Thread: any; the session's.
final class TracedTable implements TableCommands {
    private final TableCommands commands;
    private final Joins joins;

    TracedTable(TableCommands commands, Joins joins) {
        this.commands = commands;
        this.joins = joins;
    }

    @Override
    public void joined(Attendant who) {
        commands.joined(who);
        joins.snapshot(who.session());
    }

    @Override
    public Reply handle(Attendant who, ClientFrame frame) {
        var reply = commands.handle(who, frame);
        if (frame.message() instanceof MediaOffer && reply instanceof Reply.Refused(var refusal)) {
            joins.mediaRefused(who.session(), refusal.code());
        }
        return reply;
    }

    @Override
    public void left(Attendant who) {
        commands.left(who);
    }
}
