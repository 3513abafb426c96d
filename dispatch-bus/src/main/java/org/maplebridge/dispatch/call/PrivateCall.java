package org.maplebridge.dispatch.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState.Closed;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.call.CallState.Open;
import org.maplebridge.dispatch.call.CallState.Ringing;
import org.maplebridge.dispatch.model.SessionId;

/// Decides how a private call begins and how long it lasts: it rings until somebody answers, or is
/// open at both ends at once, as a dispatcher's call needs no picking up; and it is over when a
/// side hangs up or stays away.
///
/// Pure.
public final class PrivateCall {
    /// As long as a session may be resumed.
    static final long AWAY_NANOS = 30_000_000_000L;

    private PrivateCall() {}

    public record Step(CallState next, List<CallOutput> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }

        public boolean says(CallOutput output) {
            return outputs.contains(output);
        }
    }

    public static Step begin(CallWish wish, long nowNanos) {
        List<SessionId> at = wish.opensAt();
        if (at.isEmpty()) {
            return ring(wish, nowNanos);
        }
        Map<SessionId, End> present = new LinkedHashMap<>();
        present.put(wish.caller(), End.CALLER);
        at.forEach(callee -> present.putIfAbsent(callee, End.CALLEE));
        return opened(present, wish.oneAtATime(), nowNanos);
    }

    private static Step ring(CallWish wish, long nowNanos) {
        Set<SessionId> rung = new LinkedHashSet<>();
        wish.devices().forEach(device -> rung.add(device.session()));
        long endsAtNanos = nowNanos + wish.ringNanos();
        List<CallOutput> outputs = new ArrayList<>();
        outputs.add(new CallOutput.Ringing(wish.caller()));
        rung.forEach(device -> outputs.add(new CallOutput.Ringing(device)));
        outputs.add(new CallOutput.WakeAt(endsAtNanos));
        return new Step(new Ringing(wish.caller(), rung, wish.oneAtATime(), endsAtNanos), outputs);
    }

    private static Step opened(Map<SessionId, End> present, boolean oneAtATime, long nowNanos) {
        List<CallOutput> outputs = new ArrayList<>();
        present.keySet().forEach(who -> outputs.add(new CallOutput.Opened(who)));
        return settled(present, oneAtATime, outputs, nowNanos);
    }

    public static Step step(CallState state, CallInput input, long nowNanos) {
        return switch (state) {
            case Closed closed -> afterTheEnd(closed, input);
            case Ringing ringing -> whileRinging(ringing, input, nowNanos);
            case Open open ->
                    switch (input) {
                        case CallInput.Join(var who, var end) -> join(open, who, end, nowNanos);
                        case CallInput.Lost(var who) -> lost(open, who, nowNanos);
                        case CallInput.HangUp(var who) -> hangUp(open, who, nowNanos);
                        case CallInput.Answer(var who) -> notRinging(open, who);
                        case CallInput.Decline(var who) -> notRinging(open, who);
                        case CallInput.Wake _ -> wake(open, nowNanos);
                    };
        };
    }

    private static Step afterTheEnd(Closed closed, CallInput input) {
        return switch (input) {
            case CallInput.Join(var who, _) ->
                    new Step(closed, List.of(new CallOutput.Closed(who, CallEnd.LOST)));
            case CallInput.Answer(var who) -> notRinging(closed, who);
            case CallInput.Decline(var who) -> notRinging(closed, who);
            case CallInput.Lost _, CallInput.HangUp _, CallInput.Wake _ -> unchanged(closed);
        };
    }

    private static Step whileRinging(Ringing ringing, CallInput input, long nowNanos) {
        return switch (input) {
            case CallInput.Join(var who, var end) -> ringThere(ringing, who, end);
            case CallInput.Answer(var who) -> answer(ringing, who, nowNanos);
            case CallInput.Decline(var who) ->
                    ringing.rung().contains(who) ? decline(ringing, who) : notRinging(ringing, who);
            case CallInput.HangUp(var who) -> giveUp(ringing, who);
            case CallInput.Lost(var who) -> lost(ringing, who);
            case CallInput.Wake _ -> wake(ringing, nowNanos);
        };
    }

    private static Step ringThere(Ringing ringing, SessionId who, End end) {
        if (end == End.CALLER || who.equals(ringing.caller())) {
            return unchanged(ringing);
        }
        Set<SessionId> more = new LinkedHashSet<>(ringing.rung());
        more.add(who);
        return new Step(ringing.at(more), List.of(new CallOutput.Ringing(who)));
    }

    private static Step answer(Ringing ringing, SessionId who, long nowNanos) {
        if (!ringing.rung().contains(who)) {
            return notRinging(ringing, who);
        }
        Map<SessionId, End> present = new LinkedHashMap<>();
        present.put(ringing.caller(), End.CALLER);
        present.put(who, End.CALLEE);
        Step open = opened(present, ringing.oneAtATime(), nowNanos);
        var outputs = new ArrayList<>(open.outputs());
        ringing.rung().stream()
                .filter(other -> !other.equals(who))
                .forEach(other ->
                        outputs.add(new CallOutput.Closed(other, CallEnd.ANSWERED_ELSEWHERE)));
        return new Step(open.next(), outputs);
    }

    private static Step decline(Ringing ringing, SessionId who) {
        Set<SessionId> fewer = new LinkedHashSet<>(ringing.rung());
        fewer.remove(who);
        var declined = new CallOutput.Closed(who, CallEnd.DECLINED);
        return fewer.isEmpty()
                ? new Step(
                        new Closed(),
                        List.of(
                                declined,
                                new CallOutput.Closed(ringing.caller(), CallEnd.DECLINED)))
                : new Step(ringing.at(fewer), List.of(declined));
    }

    private static Step giveUp(Ringing ringing, SessionId who) {
        if (ringing.rung().contains(who)) {
            return decline(ringing, who);
        }
        if (!who.equals(ringing.caller())) {
            return unchanged(ringing);
        }
        List<CallOutput> outputs = new ArrayList<>();
        outputs.add(new CallOutput.Closed(who, CallEnd.OWN_WISH));
        ringing.rung().forEach(o -> outputs.add(new CallOutput.Closed(o, CallEnd.OTHER_SIDE)));
        return new Step(new Closed(), outputs);
    }

    /// A device that is gone may come back while it still rings; without the caller there is nobody
    /// to answer.
    private static Step lost(Ringing ringing, SessionId who) {
        if (who.equals(ringing.caller())) {
            List<CallOutput> outputs = new ArrayList<>();
            ringing.rung().forEach(o -> outputs.add(new CallOutput.Closed(o, CallEnd.LOST)));
            return new Step(new Closed(), outputs);
        }
        Set<SessionId> fewer = new LinkedHashSet<>(ringing.rung());
        return fewer.remove(who) ? new Step(ringing.at(fewer), List.of()) : unchanged(ringing);
    }

    private static Step wake(Ringing ringing, long nowNanos) {
        if (nowNanos - ringing.endsAtNanos() < 0) {
            return new Step(ringing, List.of(new CallOutput.WakeAt(ringing.endsAtNanos())));
        }
        List<CallOutput> outputs = new ArrayList<>();
        outputs.add(new CallOutput.Closed(ringing.caller(), CallEnd.NO_ANSWER));
        ringing.rung().forEach(o -> outputs.add(new CallOutput.Closed(o, CallEnd.NO_ANSWER)));
        return new Step(new Closed(), outputs);
    }

    /// Who is there already stays on their side and is told again. Without a floor a side is one
    /// device, so only a missing one is filled.
    private static Step join(Open open, SessionId who, End end, long nowNanos) {
        boolean known = open.present().containsKey(who);
        if (!known && !open.oneAtATime() && !open.of(end).isEmpty()) {
            return unchanged(open);
        }
        Map<SessionId, End> more = new LinkedHashMap<>(open.present());
        more.putIfAbsent(who, end);
        var outputs = new ArrayList<CallOutput>();
        outputs.add(new CallOutput.Opened(who));
        return settled(more, open.oneAtATime(), outputs, nowNanos);
    }

    private static Step lost(Open open, SessionId who, long nowNanos) {
        if (!open.present().containsKey(who)) {
            return unchanged(open);
        }
        return without(open, who, new ArrayList<>(), nowNanos);
    }

    private static Step hangUp(Open open, SessionId who, long nowNanos) {
        @Nullable End end = open.present().get(who);
        if (end == null) {
            return unchanged(open);
        }
        var outputs = new ArrayList<CallOutput>();
        outputs.add(new CallOutput.Closed(who, CallEnd.OWN_WISH));
        if (open.of(end).size() > 1) {
            return without(open, who, outputs, nowNanos);
        }
        open.of(end.other())
                .forEach(o -> outputs.add(new CallOutput.Closed(o, CallEnd.OTHER_SIDE)));
        return new Step(new Closed(), outputs);
    }

    /// A call that waits for a side already does not wait longer because another one leaves.
    private static Step without(Open open, SessionId who, List<CallOutput> outputs, long nowNanos) {
        Map<SessionId, End> fewer = new LinkedHashMap<>(open.present());
        fewer.remove(who);
        return open.lonely() && !fewer.isEmpty()
                ? new Step(new Open(fewer, open.oneAtATime(), true, open.closesAtNanos()), outputs)
                : settled(fewer, open.oneAtATime(), outputs, nowNanos);
    }

    private static Step wake(Open open, long nowNanos) {
        if (!open.lonely()) {
            return unchanged(open);
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
            Map<SessionId, End> present,
            boolean oneAtATime,
            List<CallOutput> outputs,
            long nowNanos) {
        if (present.isEmpty()) {
            return new Step(new Closed(), outputs);
        }
        boolean lonely = !present.containsValue(End.CALLER) || !present.containsValue(End.CALLEE);
        long closesAtNanos = lonely ? nowNanos + AWAY_NANOS : 0;
        if (lonely) {
            outputs.add(new CallOutput.WakeAt(closesAtNanos));
        }
        return new Step(new Open(present, oneAtATime, lonely, closesAtNanos), outputs);
    }

    private static Step notRinging(CallState state, SessionId who) {
        return new Step(state, List.of(new CallOutput.NotRinging(who)));
    }

    private static Step unchanged(CallState state) {
        return new Step(state, List.of());
    }
}
