package org.maplebridge.dispatch.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UnitId;

/// One unit's share of an order.
///
/// @param history what was reported, in the order of the steps
/// @param version counts the stored changes; a store refuses to overwrite a newer one
public record Assignment(UnitId unit, OrderStep step, List<StepRecord> history, long version) {
    public Assignment {
        history = List.copyOf(history);
        if (history.isEmpty()) {
            throw new IllegalArgumentException("an assignment begins with being placed");
        }
    }

    public static Assignment placed(UnitId unit, Instant at) {
        var placed = new StepRecord(OrderStep.PLACED, at, at, null);
        return new Assignment(unit, OrderStep.PLACED, List.of(placed), 0);
    }

    /// As it was stored: what was reported, in any order.
    public static Assignment restored(
            UnitId unit,
            OrderStep step,
            Instant placedAt,
            Collection<StepRecord> reports,
            long version) {
        var history = new ArrayList<>(reports);
        history.add(new StepRecord(OrderStep.PLACED, placedAt, placedAt, null));
        history.sort(Comparator.comparingInt(r -> r.step().rank()));
        return new Assignment(unit, step, history, version);
    }

    /// The record of the step that stands now.
    public StepRecord current() {
        return history.stream().filter(r -> r.step() == step).findFirst().orElseThrow();
    }

    public Instant at() {
        return current().at();
    }

    public @Nullable String reason() {
        return current().reason();
    }

    boolean has(OrderStep reported) {
        return history.stream().anyMatch(r -> r.step() == reported);
    }
}
