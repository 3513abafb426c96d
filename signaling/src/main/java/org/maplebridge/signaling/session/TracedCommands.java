package org.maplebridge.signaling.session;

import org.maplebridge.signaling.command.Commands;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.trace.Joins;

/// Tells when a join's snapshot was said, and that its media were refused; there only while traces
/// are wanted.
///
/// Thread: any; the session's.
final class TracedCommands implements Commands {
    private final Commands commands;
    private final Joins joins;

    TracedCommands(Commands commands, Joins joins) {
        this.commands = commands;
        this.joins = joins;
    }

    @Override
    public void joined(Peer peer) {
        commands.joined(peer);
        joins.snapshot(peer.session());
    }

    @Override
    public Reply handle(Peer peer, ClientFrame frame, long receivedNanos) {
        var reply = commands.handle(peer, frame, receivedNanos);
        if (frame.message() instanceof MediaOffer && reply instanceof Reply.Refused(var refusal)) {
            joins.mediaRefused(peer.session(), refusal.code());
        }
        return reply;
    }

    @Override
    public void left(Peer peer) {
        commands.left(peer);
    }
}
