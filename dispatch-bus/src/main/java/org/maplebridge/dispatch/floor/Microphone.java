package org.maplebridge.dispatch.floor;

import java.util.List;

/// Watches whether one participant's microphone keeps to what the floor told it (after 3GPP TS
/// 24.380 §6.3.5): who sends without permission is told to stop, again and again, and in the end
/// disconnected. Silence that a client sends with its key up is not to be reported here.
///
/// Pure.
public final class Microphone {
    /// Packets that were under way when the permission ended.
    static final long TOLERANCE_NANOS = 500_000_000L;

    /// T8.
    static final long REPEAT_NANOS = 1_000_000_000L;

    static final int MOST_WARNINGS = 5;

    private Microphone() {}

    public sealed interface State {
        /// Nobody speaks. Packets before `tolerateUntilNanos` are stragglers.
        record Silent(long tolerateUntilNanos) implements State {}

        /// Somebody else speaks.
        record Listening(long tolerateUntilNanos) implements State {}

        record Permitted(long epoch) implements State {}

        /// Told to stop; last words are welcome.
        record Revoked(long epoch) implements State {}

        /// Sends without permission.
        ///
        /// @param warnings 0 while it may be the beginning of a talk that is about to be granted
        /// @param heard whether it was heard since the last warning
        record Intruding(boolean floorTaken, int warnings, long warnAtNanos, boolean heard)
                implements State {}

        record Disconnected() implements State {}
    }

    public sealed interface Input {
        /// The floor was granted to this participant.
        record Granted(long epoch) implements Input {}

        /// It was taken away again.
        record Revoked(long epoch) implements Input {}

        /// Nobody speaks.
        record Idle() implements Input {}

        /// Somebody else speaks.
        record Taken() implements Input {}

        /// Voice of this participant was heard.
        record Media() implements Input {}

        /// The time of the last [Output.WakeAt] has come. A stray one is harmless.
        record Wake() implements Input {}
    }

    public sealed interface Output {
        /// Tell it to stop, cause [RevokeCause#NO_PERMISSION].
        record Warn() implements Output {}

        /// It does not listen: take it out of the call.
        record Disconnect() implements Output {}

        record WakeAt(long atNanos) implements Output {}
    }

    public record Step(State next, List<Output> outputs) {}

    public static State joined(long nowNanos) {
        return new State.Silent(nowNanos + TOLERANCE_NANOS);
    }

    public static Step step(State state, Input input, long nowNanos) {
        if (state instanceof State.Disconnected) {
            return stay(state);
        }
        return switch (input) {
            case Input.Granted(var epoch) -> stay(new State.Permitted(epoch));
            case Input.Revoked(var epoch) -> revoked(state, epoch);
            case Input.Idle _ -> told(state, false, nowNanos);
            case Input.Taken _ -> told(state, true, nowNanos);
            case Input.Media _ -> media(state, nowNanos);
            case Input.Wake _ -> wake(state, nowNanos);
        };
    }

    private static Step revoked(State state, long epoch) {
        return state instanceof State.Permitted(var held) && held == epoch
                ? stay(new State.Revoked(epoch))
                : stay(state);
    }

    /// An intruder stays one until it is silent, whatever the floor does meanwhile.
    private static Step told(State state, boolean taken, long nowNanos) {
        return switch (state) {
            case State.Intruding i ->
                    stay(new State.Intruding(taken, i.warnings(), i.warnAtNanos(), i.heard()));
            case State.Permitted _, State.Revoked _ ->
                    stay(notPermitted(taken, nowNanos + TOLERANCE_NANOS));
            case State.Silent(var until) -> stay(notPermitted(taken, until));
            case State.Listening(var until) -> stay(notPermitted(taken, until));
            case State.Disconnected _ -> stay(state);
        };
    }

    private static Step media(State state, long nowNanos) {
        return switch (state) {
            case State.Permitted _, State.Revoked _, State.Disconnected _ -> stay(state);
            case State.Silent(var until) ->
                    nowNanos - until < 0 ? stay(state) : suspected(false, nowNanos);
            case State.Listening(var until) ->
                    nowNanos - until < 0 ? stay(state) : suspected(true, nowNanos);
            case State.Intruding i ->
                    stay(new State.Intruding(i.floorTaken(), i.warnings(), i.warnAtNanos(), true));
        };
    }

    private static Step wake(State state, long nowNanos) {
        if (!(state instanceof State.Intruding i)) {
            return stay(state);
        }
        if (nowNanos - i.warnAtNanos() < 0) {
            return new Step(state, List.of(new Output.WakeAt(i.warnAtNanos())));
        }
        if (!i.heard()) {
            return stay(notPermitted(i.floorTaken(), nowNanos));
        }
        return i.warnings() < MOST_WARNINGS
                ? warned(i.floorTaken(), i.warnings() + 1, nowNanos)
                : new Step(new State.Disconnected(), List.of(new Output.Disconnect()));
    }

    /// A key that has just gone down sends before its grant, or before its request even came.
    private static Step suspected(boolean taken, long nowNanos) {
        long look = nowNanos + REPEAT_NANOS;
        return new Step(
                new State.Intruding(taken, 0, look, false), List.of(new Output.WakeAt(look)));
    }

    private static Step warned(boolean taken, int warnings, long nowNanos) {
        long again = nowNanos + REPEAT_NANOS;
        return new Step(
                new State.Intruding(taken, warnings, again, false),
                List.of(new Output.Warn(), new Output.WakeAt(again)));
    }

    private static State notPermitted(boolean taken, long tolerateUntilNanos) {
        return taken
                ? new State.Listening(tolerateUntilNanos)
                : new State.Silent(tolerateUntilNanos);
    }

    private static Step stay(State state) {
        return new Step(state, List.of());
    }
}
