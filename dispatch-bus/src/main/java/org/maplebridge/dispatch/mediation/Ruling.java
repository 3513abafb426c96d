package org.maplebridge.dispatch.mediation;

/// What the rules say to a wish.
///
/// @param <T> what it would change
public sealed interface Ruling<T> {
    record Allowed<T>(T next) implements Ruling<T> {}

    record Barred<T>(Bar why) implements Ruling<T> {}
}
