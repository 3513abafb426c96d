package org.maplebridge.signaling.session;

import java.util.function.BiConsumer;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.command.TableCommands;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.security.Caller;

/// One device at a mediation's table. It is no peer of anybody: it sees nobody of the county,
/// nobody sees it, and it can do nothing but what [TableCommands] knows.
final class TableSession extends ClientSession implements Attendant {
    private final Caller.Participant participant;
    private final TableCommands commands;

    TableSession(
            SessionId id,
            String resumeToken,
            Caller.Participant participant,
            String locale,
            TableCommands commands,
            SessionSettings settings,
            Codec codec,
            long nowNanos,
            BiConsumer<ClientSession, CloseCode> onEnd) {
        super(id, resumeToken, participant, locale, settings, codec, nowNanos, onEnd);
        this.participant = participant;
        this.commands = commands;
    }

    @Override
    public Caller.Participant participant() {
        return participant;
    }

    @Override
    void joined() {
        commands.joined(this);
    }

    @Override
    Reply handle(ClientFrame frame, long receivedNanos) {
        return commands.handle(this, frame);
    }

    @Override
    void left() {
        commands.left(this);
    }
}
