package org.maplebridge.signaling.scene.call;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.call.TierHolds;
import org.maplebridge.dispatch.call.TierHolds.Outcome;
import org.maplebridge.dispatch.call.TierHolds.Wish;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.floor.Conversations;

/// Which calls are raised and by what: somebody's wish, here or at another node, the severity of
/// the incident that they are about, or alerts that are open in them.
///
/// Thread: any, guarded by this; calls [Conversations] while it holds its lock, so that a call ends
/// up at what was decided last.
public final class Tiers {
    private final Conversations conversations;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Map<CallId, TierHolds> holds = new HashMap<>();

    public Tiers(Conversations conversations, Chronicle chronicle, InstantSource clock) {
        this.conversations = conversations;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    /// Somebody who takes part raises or lowers the call.
    public synchronized Outcome wish(CallId call, Severity tier, Peer by) {
        var wish = new Wish(tier, by.person().user().id());
        var outcome = of(call).wish(wish, by.person().may(Permission.ALERT_CLEAR));
        if (outcome instanceof Outcome.Changed(var next)) {
            put(call, next, by.name());
            chronicle.note(
                    Happening.by(
                            by.person().user().id(),
                            clock.instant(),
                            JournalKind.CALL_RAISED,
                            List.of(Subject.of(call)),
                            Map.of("tier", tier.name())));
        }
        return outcome;
    }

    /// The group was made for an incident, whose severity says how urgent its talk is.
    ///
    /// @param by the incident's number
    public synchronized void follow(GroupId group, Severity tier, String by) {
        var call = group.asCall();
        var next = of(call).following(tier);
        if (next.tier() != conversations.raisedTo(call)) {
            conversations.raiseGroup(group, next.tier(), by);
        }
        keep(call, next);
    }

    /// An alert is active in the group.
    ///
    /// @param by the name of who needs help
    public synchronized void hold(GroupId group, AlertId alert, Severity tier, String by) {
        var call = group.asCall();
        var next = of(call).with(alert, tier);
        holds.put(call, next);
        conversations.raiseGroup(group, next.tier(), by);
    }

    /// The alert is over: the group's call is at what else holds it up.
    ///
    /// @param by the name of who ended it
    public synchronized void release(GroupId group, AlertId alert, String by) {
        var call = group.asCall();
        if (of(call).alerts().containsKey(alert)) {
            put(call, of(call).without(alert), by);
        }
    }

    /// The call is over.
    public synchronized void forget(CallId call) {
        holds.remove(call);
    }

    private TierHolds of(CallId call) {
        return holds.getOrDefault(call, TierHolds.NONE).at(conversations.raisedTo(call));
    }

    private void put(CallId call, TierHolds next, String by) {
        keep(call, next);
        conversations.raise(call, next.tier(), by);
    }

    private void keep(CallId call, TierHolds next) {
        if (next.isEmpty()) {
            holds.remove(call);
        } else {
            holds.put(call, next);
        }
    }
}
