package org.maplebridge.signaling.message;

import org.maplebridge.dispatch.message.MessagePort;

/// Where there is no gateway to telephones: what was written stays in the outbox, to be read there.
///
/// Thread: any, without state.
public final class OutboxAlone implements MessagePort {
    @Override
    public void send(String id, String phone, String text) {}
}
