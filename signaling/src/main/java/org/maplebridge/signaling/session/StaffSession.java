package org.maplebridge.signaling.session;

import java.util.function.BiConsumer;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.command.Commands;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;

/// One console or terminal.
final class StaffSession extends ClientSession implements Peer {
    private final Caller.Person person;
    private final boolean terminal;
    private final Commands commands;

    StaffSession(
            SessionId id,
            String resumeToken,
            Caller.Person person,
            boolean terminal,
            String locale,
            Commands commands,
            SessionSettings settings,
            Codec codec,
            long nowNanos,
            BiConsumer<ClientSession, CloseCode> onEnd) {
        super(id, resumeToken, person, locale, settings, codec, nowNanos, onEnd);
        this.person = person;
        this.terminal = terminal;
        this.commands = commands;
    }

    @Override
    public Caller.Person person() {
        return person;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    @Override
    void joined() {
        commands.joined(this);
    }

    @Override
    Reply handle(ClientFrame frame, long receivedNanos) {
        return commands.handle(this, frame, receivedNanos);
    }

    @Override
    void left() {
        commands.left(this);
    }
}
