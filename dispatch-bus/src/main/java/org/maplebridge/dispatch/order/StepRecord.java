package org.maplebridge.dispatch.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a step was taken: when by the terminal's clock (corrected into what is possible), and when
/// the server heard of it.
public record StepRecord(OrderStep step, Instant at, Instant receivedAt, @Nullable String reason) {}
