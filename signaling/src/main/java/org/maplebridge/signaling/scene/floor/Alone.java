package org.maplebridge.signaling.scene.floor;

import java.util.function.LongSupplier;

/// The order of events on a node without others: as they come.
///
/// Thread: the conversation's mailbox.
public record Alone(Conversation conversation, LongSupplier nanoClock) implements Ordering {
    @Override
    public void happened(FloorEvent event) {
        conversation.apply(event, nowNanos());
    }

    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public long nowNanos() {
        return nanoClock.getAsLong();
    }

    @Override
    public void ended() {}

    @Override
    public void countOnFrom(long epoch) {
        conversation.countOnFrom(epoch);
    }
}
