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

    /// Who decides learnt that a higher epoch than its own was given, in another half of the
    /// cluster: grants count on from there, with everybody who follows.
    void countOnFrom(long epoch);

    /// The conversation is over, or nobody here knows it any more.
    void ended();

    /// Makes the ordering of a new conversation.
    @FunctionalInterface
    interface Source {
        Ordering of(Conversation conversation);
    }
}
