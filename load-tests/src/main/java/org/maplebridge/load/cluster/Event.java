package org.maplebridge.load.cluster;

/// Something that a client of a scenario saw or did, or that the scenario did to the nodes. All
/// times are nanoseconds since 1970.
public sealed interface Event {
    /// Somebody had the floor and spoke.
    ///
    /// @param burst the number that the packets carried
    /// @param node where the talker was
    /// @param whole whether the talker ended it, not the server
    record Talked(
            String who,
            String group,
            int burst,
            int node,
            long grantedNanos,
            long endedNanos,
            boolean whole)
            implements Event {}

    /// A key went down and there was no floor.
    record NotGranted(String who, String group, String why) implements Event {}

    /// What was heard of one talk, or of a part of it.
    record Heard(String who, int burst, long fromNanos, long untilNanos, int packets)
            implements Event {}

    /// What the server said to an order.
    ///
    /// @param verdict `ok`, the code of a refusal, or `none`
    record Answered(String who, String order, String verdict, long askedNanos, long atNanos)
            implements Event {}

    /// Somebody was shown an order.
    record Shown(String order, String text, long number) implements Event {}

    /// The addressee did what was ordered.
    record Executed(String order) implements Event {}

    /// What a page of the REST interface was answered by.
    ///
    /// @param verdict `ok`, the code of a problem, or `none`
    record Read(int node, String path, String verdict, long askedNanos, long atNanos)
            implements Event {}

    /// Somebody was told where a unit is.
    record Located(String unit, long atNanos) implements Event {}

    /// What the scenario did.
    record Done(String what) implements Event {}
}
