package org.maplebridge.signaling.scene.floor;

/// Brings what happens to one conversation into the order that everybody follows. Who decides gives
/// it to [Conversation#apply] at once, and to the other nodes; who does not asks who does, and it
/// comes back.
///
/// Thread: the conversation's mailbox.
public interface Ordering {
    void happened(FloorEvent event);

    /// Whether this node decides, so that clock and registry are its business.
    boolean decides();

    /// The time by which this conversation's deadlines are told, on whichever node.
    long nowNanos();

    /// The conversation is over, or nobody here knows it any more.
    void ended();

    /// A grant was not to be had here: perhaps another node decides by now.
    void lookAgain();

    /// Makes the ordering of a new conversation.
    @FunctionalInterface
    interface Source {
        Ordering of(Conversation conversation);
    }
}
