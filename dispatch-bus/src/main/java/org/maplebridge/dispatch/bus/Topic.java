package org.maplebridge.dispatch.bus;

/// What an envelope is about; order is kept within a topic, not between topics.
public enum Topic {
    /// Orders that were placed or went a step on.
    ORDERS,
    /// Incidents that were opened or changed.
    INCIDENTS,
    /// Presence and status of units.
    UNITS,
    /// Live pictures that began, changed or ended; who asks and who watches.
    LIVES,
    /// Pictures that are shown to a room, or not any more.
    SHOWINGS,
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
    /// Who speaks to all of a group, from their node to all others, and again whenever a node came
    /// or was found again; when that node is gone, so is what it said.
    BROADCASTS,
    /// Listening in on units of other nodes: wishes to the unit's node, and from there how far it
    /// is. Both ends say every few seconds what they believe, so a letter that was lost is made
    /// good by the next.
    AMBIENT,
    /// Groups that were made, closed, joined or parted.
    GROUPS,
    /// Calls for help that were raised, became active, or are over.
    ALERTS,
    /// It is time for a meeting that comes again.
    MEETINGS,
    /// The organisation has to be read again.
    ORGANISATION,
    /// Things said to one session on another node.
    SESSIONS,
    /// A node's card has changed.
    NODES
}
