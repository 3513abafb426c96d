package org.maplebridge.dispatch.bus;

/// What an envelope is about; order is kept within a topic, not between topics.
public enum Topic {
    /// Orders that were placed or went a step on.
    ORDERS,
    /// Presence and status of units.
    UNITS,
    /// Live pictures that began, changed or ended; who asks and who watches.
    LIVES,
    /// What a floor says to those who take part.
    FLOORS,
    /// How nodes reach each other's media, and what goes over which part of a link.
    LINKS,
    /// Private calls, and who wants to be called back.
    CALLS,
    /// Groups that were made, closed, joined or parted.
    GROUPS,
    /// Calls for help that were raised, became active, or are over.
    ALERTS,
    /// The organisation has to be read again.
    ORGANISATION,
    /// Things said to one session on another node.
    SESSIONS,
    /// A node's card has changed.
    NODES
}
