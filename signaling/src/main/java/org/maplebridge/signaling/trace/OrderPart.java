package org.maplebridge.signaling.trace;

/// The parts of an order's way. All are parts of `order`, on whichever node they happen.
public enum OrderPart {
    /// Rights, addressees, incident: may it be placed?
    CHECK("order.check"),
    /// The transaction that places it, with its entry in the journal.
    RECORD("order.record"),
    /// Told to the bus: by the placing node, and again by each that writes a step.
    PUBLISH("order.publish"),
    /// The same order said again, which changes nothing, or another one under its id.
    REPEAT("order.repeat"),
    /// A node was told by the bus, and told its sessions; [#READ] lies within.
    DELIVER("order.deliver"),
    /// What is told is read from the record.
    READ("order.read"),
    /// From the terminal being told until it said its first word about it: its network and page.
    TERMINAL("order.terminal"),
    /// What a terminal said of it, `delivered`, `read`, `accepted` and so on, on its node;
    /// [#STEP_RECORD] and a [#PUBLISH] lie within.
    STEP("order.step"),
    /// The transaction that writes a step.
    STEP_RECORD("order.step.record");

    private final String span;

    OrderPart(String span) {
        this.span = span;
    }

    String span() {
        return span;
    }
}
