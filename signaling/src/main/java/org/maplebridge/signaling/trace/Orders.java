package org.maplebridge.signaling.trace;

import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;

/// What happens to orders on this node, told when it is done. All moments are on the clock of
/// [#now].
///
/// Thread: any; never waits.
public interface Orders {
    /// Costs nothing.
    Orders OFF = new Orders() {};

    String OK = "ok";

    /// 0 when nobody wants to know.
    default long now() {
        return 0;
    }

    /// It is in the record and on the bus; its sender is about to be answered.
    default void placed(OrderId order, boolean spoken, long sinceNanos) {}

    /// It will not be.
    ///
    /// @param code the refusal's
    default void refused(OrderId order, String code, long sinceNanos) {}

    default void done(OrderPart part, OrderId order, long sinceNanos) {}

    default void repeated(OrderId order, String outcome, long sinceNanos) {}

    /// @param news what the bus said: `placed`, `step`, or `again` after the nodes were apart
    /// @param sessions how many were told
    default void delivered(OrderId order, String news, int sessions, long sinceNanos) {}

    /// A terminal of whom it is for was told that it was placed.
    default void reached(OrderId order, UnitId unit) {}

    /// @param step what was said
    /// @param outcome [#OK], or the refusal's code
    default void stepped(
            OrderId order, UnitId unit, String step, String outcome, long receivedNanos) {}
}
