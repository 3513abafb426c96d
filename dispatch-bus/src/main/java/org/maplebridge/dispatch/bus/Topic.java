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
    /// How private calls stand, from who decides to the other nodes of those who take part, and
    /// what happens there, back. A letter about a call says all of it, and is repeated every few
    /// seconds while the call lasts, so one that was lost is made good by the next.
    CALLS,
    /// Who wants to be called back.
    CALLBACKS,
    /// Groups that were made, closed, joined or parted.
    GROUPS,
    /// Calls for help that were raised, became active, or are over.
    ALERTS,
    /// The organisation has to be read again.
    ORGANISATION,
    /// Things said to one session on another node.
    SESSIONS
}
