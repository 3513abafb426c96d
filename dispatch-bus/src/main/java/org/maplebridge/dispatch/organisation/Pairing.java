package org.maplebridge.dispatch.organisation;

import java.util.Set;
import org.maplebridge.dispatch.model.NodeId;

/// A town room and a police room that work as two rooms in one, and what of each the other sees. A
/// town may have several police rooms and a police room several towns; those towns stay strangers
/// to each other.
public record Pairing(NodeId town, NodeId policeRoom, Set<Aspect> shared) {
    public Pairing {
        shared = Set.copyOf(shared);
    }

    /// What can be seen of a node and what lies below it.
    public enum Aspect {
        /// That the units exist, whether they are online, and their status.
        UNITS,
        /// Their live pictures.
        LIVE,
        /// Their talk groups.
        TALK,
        ORDERS,
        INCIDENTS
    }
}
