package org.maplebridge.signaling.scene.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

/// Private calls that other nodes decide about and that concern somebody here. Each letter says how
/// a call stands; what differs from the last one is told to those here. A call whose node is gone
/// or says nothing more is over.
///
/// Thread: guarded by [Calls].
final class FollowedCalls {
    /// Three of the letters that are sent while nothing changes.
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private record Followed(Call call, long heardNanos) {}

    private final MemberId self;
    private final CallTeller teller;
    private final CallJournal journal;
    private final Map<CallId, Followed> calls = new HashMap<>();
    private CallPost post = CallPost.NOWHERE;

    FollowedCalls(MemberId self, CallTeller teller, CallJournal journal) {
        this.self = self;
        this.teller = teller;
        this.journal = journal;
    }

    void postBy(CallPost way) {
        post = way;
    }

    @Nullable Call find(CallId id) {
        @Nullable Followed followed = calls.get(id);
        return followed == null ? null : followed.call();
    }

    List<Call> all() {
        return calls.values().stream().map(Followed::call).toList();
    }

    /// The node that decides says how a call stands.
    ///
    /// @return whether that is news
    boolean stands(Call told, Map<SessionId, Call.Ending> endings, long nowNanos) {
        @Nullable Call before = find(told.id());
        if (before != null && !before.decidedBy().equals(told.decidedBy())) {
            return false;
        }
        if (before != null && told.number() <= before.number()) {
            calls.put(told.id(), new Followed(before, nowNanos));
            return false;
        }
        if (before == null && told.here().isEmpty()) {
            return false;
        }
        calls.put(told.id(), new Followed(told, nowNanos));
        tell(before, told, endings);
        if (told.isOver()) {
            calls.remove(told.id());
        }
        return true;
    }

    private void tell(@Nullable Call before, Call told, Map<SessionId, Call.Ending> endings) {
        for (var who : told.here()) {
            boolean known = before != null && before.endOf(who).isPresent();
            boolean opens = told.isOpen() && (before == null || !before.isOpen() || !known);
            if (!teller.isHere(who)) {
                post.happened(told, new CallInput.Lost(who), null);
            } else if (opens) {
                teller.opened(told, who, null);
            } else if (!known) {
                teller.rings(told, who, null);
            }
        }
        if (before != null) {
            for (var who : before.here()) {
                if (told.endOf(who).isEmpty()) {
                    teller.closed(told, who, endings.getOrDefault(who, Call.Ending.LOST));
                }
            }
        }
        teller.settled(told);
    }

    void lost(MemberId node) {
        for (var call : all()) {
            if (call.decidedBy().equals(node)) {
                end(call);
            }
        }
    }

    /// Who decides knows no such call.
    void gone(MemberId node, CallId id) {
        @Nullable Call call = find(id);
        if (call != null && call.decidedBy().equals(node)) {
            end(call);
        }
    }

    /// Tells again who is here, in case a letter was lost. A call of which nobody said for long how
    /// it stands is over.
    void repeat(long nowNanos) {
        for (var followed : List.copyOf(calls.values())) {
            var call = followed.call();
            if (nowNanos - followed.heardNanos() > SILENCE_NANOS) {
                end(call);
            } else {
                post.there(call, call.here().stream().filter(teller::isHere).toList());
            }
        }
    }

    private void end(Call call) {
        calls.remove(call.id());
        var over =
                new Call(
                        call.terms(),
                        call.number(),
                        new CallState.Closed(),
                        Map.of(),
                        call.nodes());
        call.here().forEach(who -> teller.closed(over, who, Call.Ending.LOST));
        teller.settled(over);
        if (isOursToWrite(call)) {
            journal.lost(call);
        }
    }

    /// One of the nodes that are left writes it down.
    private boolean isOursToWrite(Call call) {
        return !call.here().isEmpty()
                && call.elsewhere().values().stream()
                        .filter(peer -> !peer.member().equals(call.decidedBy()))
                        .allMatch(peer -> self.value().compareTo(peer.member().value()) < 0);
    }
}
