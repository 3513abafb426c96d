package org.maplebridge.dispatch.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;

/// What the record has counted, before anything is made of it.
///
/// @param handled how long what was closed within took
public record Facts(
        List<Amount> amounts, List<Handled> handled, List<Ordered> ordered, List<Acted> acted) {
    public Facts {
        amounts = List.copyOf(amounts);
        handled = List.copyOf(handled);
        ordered = List.copyOf(ordered);
        acted = List.copyOf(acted);
    }

    /// What matters that are counted together have in common.
    ///
    /// @param node who is responsible
    /// @param kind a word of the county's catalogue; empty for none
    public record Common(NodeId node, String kind, Origin.Source source, Severity severity) {}

    public record Amount(Common of, Measure measure, long count) {}

    /// @param minutes from opening to the last closing, by the clock, nights and days off included;
    ///   a minute that was begun does not count
    /// @param count so many took as long
    /// @param seconds that these took together
    public record Handled(Common of, long minutes, long count, long seconds) {}

    /// Orders placed within.
    ///
    /// @param seat that placed them
    /// @param shares one for each unit that got one
    /// @param done shares that were reported as done
    public record Ordered(NodeId node, @Nullable SeatId seat, long shares, long done) {}

    /// @param what a seat did with incidents within, by the action's name
    public record Acted(SeatId seat, String what, long count) {}
}
