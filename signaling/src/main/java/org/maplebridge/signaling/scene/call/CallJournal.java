package org.maplebridge.signaling.scene.call;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallOutput;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallWish;
import org.maplebridge.dispatch.call.PrivateCall;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Roster;

/// Writes private calls into the journal, under the call and both its units.
public final class CallJournal {
    private final Chronicle chronicle;
    private final Roster roster;
    private final InstantSource clock;

    public CallJournal(Chronicle chronicle, Roster roster, InstantSource clock) {
        this.chronicle = chronicle;
        this.roster = roster;
        this.clock = clock;
    }

    void opened(Call call, CallWish wish, Peer caller) {
        boolean rings = call.state() instanceof CallState.Ringing;
        note(
                JournalKind.CALL_OPENED,
                call,
                caller,
                Map.of(
                        "answer", Words.of(wish.answering()),
                        "floor", Boolean.toString(wish.oneAtATime()),
                        "ringing", Boolean.toString(rings)));
    }

    void answered(Call call, Peer by) {
        note(JournalKind.CALL_ANSWERED, call, by, Map.of());
    }

    void declined(Call call, Peer by, @Nullable String reason) {
        note(
                JournalKind.CALL_DECLINED,
                call,
                by,
                reason == null ? Map.of() : Map.of("reason", reason));
    }

    /// The node that decided is gone, and the call with it.
    void lost(Call call) {
        var cause = Words.of(CallOutput.CallEnd.LOST);
        note(JournalKind.CALL_CLOSED, call, null, Map.of("cause", cause));
    }

    void closed(Call call, PrivateCall.Step last) {
        note(JournalKind.CALL_CLOSED, call, null, Map.of("cause", cause(last)));
    }

    /// What was told first; the last one who is lost is told nothing.
    private static String cause(PrivateCall.Step last) {
        for (var output : last.outputs()) {
            if (output instanceof CallOutput.Closed(_, var cause)) {
                return Words.of(cause);
            }
        }
        return Words.of(CallOutput.CallEnd.LOST);
    }

    private void note(JournalKind kind, Call call, @Nullable Peer by, Map<String, String> detail) {
        var subjects = new ArrayList<>(List.of(Subject.of(call.id())));
        Stream.of(call.terms().caller(), call.terms().callee())
                .flatMap(party -> roster.organisation().unit(new UnitId(party.id())).stream())
                .map(Unit::id)
                .map(Subject::of)
                .forEach(subjects::add);
        chronicle.note(
                new Happening(
                        clock.instant(),
                        kind,
                        by == null ? null : by.person().user().id(),
                        by == null ? null : by.person().user().seat(),
                        subjects,
                        detail));
    }
}
