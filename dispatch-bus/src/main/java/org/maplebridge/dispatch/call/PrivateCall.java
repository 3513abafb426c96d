package org.maplebridge.dispatch.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState.Closed;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.call.CallState.Open;
import org.maplebridge.dispatch.model.SessionId;

/// Decides how long a private call lasts: it is open at both ends at once, as a dispatcher's call
/// needs no picking up, and over when a side hangs up or stays away.
///
/// Pure.
public final class PrivateCall {
    /// As long as a session may be resumed.
    static final long AWAY_NANOS = 30_000_000_000L;

    private PrivateCall() {}

    public record Step(CallState next, List<CallOutput> outputs) {}

    public static Step open(SessionId caller, Collection<SessionId> callees, long nowNanos) {
        Map<SessionId, End> present = new LinkedHashMap<>();
        present.put(caller, End.CALLER);
        callees.forEach(callee -> present.putIfAbsent(callee, End.CALLEE));
        var outputs = new ArrayList<CallOutput>();
        present.keySet().forEach(who -> outputs.add(new CallOutput.Opened(who)));
        return settled(present, outputs, nowNanos);
    }

    public static Step step(CallState state, CallInput input, long nowNanos) {
        return switch (state) {
            case Closed closed -> afterTheEnd(closed, input);
            case Open open ->
                    switch (input) {
                        case CallInput.Join(var who, var end) -> join(open, who, end, nowNanos);
                        case CallInput.Lost(var who) -> lost(open, who, nowNanos);
                        case CallInput.HangUp(var who) -> hangUp(open, who, nowNanos);
                        case CallInput.Wake _ -> wake(open, nowNanos);
                    };
        };
    }

    private static Step afterTheEnd(Closed closed, CallInput input) {
        return input instanceof CallInput.Join(var who, _)
                ? new Step(closed, List.of(new CallOutput.Closed(who, CallEnd.LOST)))
                : new Step(closed, List.of());
    }

    /// Who is there already stays on their side and is told again.
    private static Step join(Open open, SessionId who, End end, long nowNanos) {
        Map<SessionId, End> more = new LinkedHashMap<>(open.present());
        more.putIfAbsent(who, end);
        var outputs = new ArrayList<CallOutput>();
        outputs.add(new CallOutput.Opened(who));
        return settled(more, outputs, nowNanos);
    }

    private static Step lost(Open open, SessionId who, long nowNanos) {
        if (!open.present().containsKey(who)) {
            return new Step(open, List.of());
        }
        Map<SessionId, End> fewer = new LinkedHashMap<>(open.present());
        fewer.remove(who);
        if (open.lonely() && !fewer.isEmpty()) {
            return new Step(new Open(fewer, true, open.closesAtNanos()), List.of());
        }
        return settled(fewer, new ArrayList<>(), nowNanos);
    }

    private static Step hangUp(Open open, SessionId who, long nowNanos) {
        @Nullable End end = open.present().get(who);
        if (end == null) {
            return new Step(open, List.of());
        }
        var outputs = new ArrayList<CallOutput>();
        outputs.add(new CallOutput.Closed(who, CallEnd.OWN_WISH));
        if (open.of(end).size() > 1) {
            Map<SessionId, End> fewer = new LinkedHashMap<>(open.present());
            fewer.remove(who);
            return open.lonely()
                    ? new Step(new Open(fewer, true, open.closesAtNanos()), outputs)
                    : settled(fewer, outputs, nowNanos);
        }
        open.of(end.other())
                .forEach(o -> outputs.add(new CallOutput.Closed(o, CallEnd.OTHER_SIDE)));
        return new Step(new Closed(), outputs);
    }

    private static Step wake(Open open, long nowNanos) {
        if (!open.lonely()) {
            return new Step(open, List.of());
        }
        if (nowNanos - open.closesAtNanos() < 0) {
            return new Step(open, List.of(new CallOutput.WakeAt(open.closesAtNanos())));
        }
        List<CallOutput> outputs = new ArrayList<>();
        open.present().keySet().forEach(w -> outputs.add(new CallOutput.Closed(w, CallEnd.LOST)));
        return new Step(new Closed(), outputs);
    }

    /// With a side missing the call waits for it; with nobody left it is over.
    private static Step settled(
            Map<SessionId, End> present, List<CallOutput> outputs, long nowNanos) {
        if (present.isEmpty()) {
            return new Step(new Closed(), outputs);
        }
        boolean lonely = !present.containsValue(End.CALLER) || !present.containsValue(End.CALLEE);
        long closesAtNanos = lonely ? nowNanos + AWAY_NANOS : 0;
        if (lonely) {
            outputs.add(new CallOutput.WakeAt(closesAtNanos));
        }
        return new Step(new Open(present, lonely, closesAtNanos), List.copyOf(outputs));
    }
}
