package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.Set;

/// Which nodes there are for people. A card is a lease: it counts as long as its node is a member.
public interface NodeDirectory {
    /// Addresses stay known for so long after a node has left: somebody may have its page open as
    /// long as a sign-in holds.
    int REMEMBERED_HOURS = 24;

    /// Puts this member's card up, or a newer one in its place; to be repeated within the hour.
    void announce(NodeCard card);

    /// The cards of all nodes that are there.
    Collection<NodeCard> present();

    /// The addresses of all nodes that are there or were there lately.
    Set<String> addresses();
}
