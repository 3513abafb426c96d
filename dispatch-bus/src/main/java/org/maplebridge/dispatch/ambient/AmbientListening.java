package org.maplebridge.dispatch.ambient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.ambient.Listening.Phase;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;

/// Decides who hears a unit that was not called: nobody before its terminal says that the
/// microphone is open, everybody who listens from then on, and nobody once it says that it is not.
///
/// Pure.
public final class AmbientListening {
    /// What a listener reads when the terminal says nothing.
    static final String NO_ANSWER = "no-answer";

    /// What a listener reads when the terminal is gone.
    static final String OFFLINE = "offline";

    private AmbientListening() {}

    public record Step(Listening next, List<AmbientOutput> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    /// @param patienceNanos how long the terminal may take to open its microphone
    public static Step step(
            Listening state, AmbientInput input, long patienceNanos, long nowNanos) {
        return switch (input) {
            case AmbientInput.Start(var id, var who) ->
                    start(state, id, who, nowNanos + patienceNanos);
            case AmbientInput.Opened() -> opened(state);
            case AmbientInput.Failed(var reason) -> endAll(state, reason);
            case AmbientInput.Stop(var id, var reason) -> end(state, List.of(id), reason);
            case AmbientInput.Left(var who) -> end(state, idsOf(state, who), null);
            case AmbientInput.UnitLeft() -> endAll(state, OFFLINE);
            case AmbientInput.Wake() -> wake(state, nowNanos);
        };
    }

    private static Step start(Listening state, CallId id, SessionId who, long endsAtNanos) {
        boolean known = state.listeners().containsKey(id);
        var outputs = new ArrayList<AmbientOutput>();
        return switch (state.phase()) {
            case Phase.Closed _ -> {
                outputs.add(new AmbientOutput.Permit());
                outputs.add(new AmbientOutput.Ask(id));
                outputs.add(new AmbientOutput.Asked(id, who));
                outputs.add(new AmbientOutput.WakeAt(endsAtNanos));
                yield new Step(state.with(id, who, new Phase.Asked(endsAtNanos)), outputs);
            }
            case Phase.Asked asked -> {
                if (!known) {
                    outputs.add(new AmbientOutput.Ask(id));
                }
                outputs.add(new AmbientOutput.Asked(id, who));
                yield new Step(state.with(id, who, asked), outputs);
            }
            case Phase.On on -> {
                if (!known) {
                    outputs.add(new AmbientOutput.Ask(id));
                    outputs.add(new AmbientOutput.Hear(id, who));
                }
                outputs.add(new AmbientOutput.On(id, who));
                yield new Step(state.with(id, who, on), outputs);
            }
        };
    }

    private static Step opened(Listening state) {
        if (!(state.phase() instanceof Phase.Asked)) {
            return new Step(state, List.of());
        }
        var outputs = new ArrayList<AmbientOutput>();
        state.listeners()
                .forEach((id, who) -> {
                    outputs.add(new AmbientOutput.Hear(id, who));
                    outputs.add(new AmbientOutput.On(id, who));
                });
        return new Step(new Listening(new Phase.On(), state.listeners()), outputs);
    }

    private static Step endAll(Listening state, @Nullable String reason) {
        return end(state, List.copyOf(state.listeners().keySet()), reason);
    }

    private static Step end(Listening state, List<CallId> ids, @Nullable String reason) {
        boolean on = state.phase() instanceof Phase.On;
        var outputs = new ArrayList<AmbientOutput>();
        var left = state;
        for (var id : ids) {
            @Nullable SessionId who = state.listeners().get(id);
            if (who != null) {
                left = left.without(id);
                if (on) {
                    outputs.add(new AmbientOutput.Unhear(id, who));
                }
                outputs.add(new AmbientOutput.Release(id));
                outputs.add(new AmbientOutput.Ended(id, who, reason));
            }
        }
        if (left.listeners().isEmpty() && !state.listeners().isEmpty()) {
            outputs.add(new AmbientOutput.Forbid());
        }
        return new Step(left, outputs);
    }

    private static Step wake(Listening state, long nowNanos) {
        if (!(state.phase() instanceof Phase.Asked(var endsAtNanos))) {
            return new Step(state, List.of());
        }
        return nowNanos - endsAtNanos < 0
                ? new Step(state, List.of(new AmbientOutput.WakeAt(endsAtNanos)))
                : endAll(state, NO_ANSWER);
    }

    private static List<CallId> idsOf(Listening state, SessionId who) {
        return state.listeners().entrySet().stream()
                .filter(listener -> listener.getValue().equals(who))
                .map(Map.Entry::getKey)
                .toList();
    }
}
