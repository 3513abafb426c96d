package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Order;

/// Orders and how far each unit is with them. State and journal change in one transaction.
public interface OrderStore {
    /// What became of an order that was to be placed.
    sealed interface Placing {
        /// @param order with the number it got
        record Placed(Order order) implements Placing {}

        /// The same order was placed before; nothing was written.
        record Repeated(Order order) implements Placing {}

        /// The id stands for another order; nothing was written.
        record Conflict() implements Placing {}
    }

    Placing place(Order order, Happening happening) throws RecordUnavailable;

    /// Stores the next state of one unit's share, if nobody else did since it was read: the version
    /// it was read with is looked at, and counted up in the record. Shares of different units never
    /// disturb each other.
    ///
    /// @return false when the version is not the stored one: read again and step again
    boolean save(OrderId order, Assignment next, Happening happening) throws RecordUnavailable;

    Optional<Order> find(OrderId id) throws RecordUnavailable;

    /// One unit's share, without the others.
    Optional<Assignment> find(OrderId id, UnitId unit) throws RecordUnavailable;

    /// Orders that this unit has not answered for good, oldest first.
    List<Order> openFor(UnitId unit) throws RecordUnavailable;

    /// Placed at or after `since`, newest first. Who may see them is for the caller to say.
    List<Order> placedSince(Instant since, int limit) throws RecordUnavailable;

    /// Placed, or gone a step further, at or after `since`; who changed last comes first. Who may
    /// see them is for the caller to say.
    List<Order> changedSince(Instant since, int limit) throws RecordUnavailable;

    /// That name this incident, newest first. Who may see them is for the caller to say.
    List<Order> about(IncidentId incident, int limit) throws RecordUnavailable;

    /// How many shares were placed but never reported as delivered.
    long countUnacknowledged() throws RecordUnavailable;
}
