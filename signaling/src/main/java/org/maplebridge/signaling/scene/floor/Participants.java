package org.maplebridge.signaling.scene.floor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;

/// Who takes part in a conversation, on this node and on others, and the way to tell them.
///
/// Thread: its conversation's mailbox.
final class Participants {
    /// @param calls under which this one hears it
    record Participant(Peer peer, Speaker speaker, Set<CallId> calls) {}

    private final Map<SessionId, Participant> bySession = new HashMap<>();

    void add(Peer peer, Speaker speaker, CallId as) {
        bySession
                .computeIfAbsent(
                        peer.session(), _ -> new Participant(peer, speaker, new LinkedHashSet<>()))
                .calls()
                .add(as);
    }

    /// @return whether this one hears it under no call any more
    boolean leaves(SessionId who, CallId as) {
        @Nullable Participant there = bySession.get(who);
        if (there == null) {
            return false;
        }
        there.calls().remove(as);
        return there.calls().isEmpty();
    }

    void remove(SessionId who) {
        bySession.remove(who);
    }

    Optional<Participant> of(SessionId who) {
        return Optional.ofNullable(bySession.get(who));
    }

    List<Participant> all() {
        return List.copyOf(bySession.values());
    }

    List<Participant> here() {
        return bySession.values().stream().filter(there -> there.peer().isHere()).toList();
    }

    List<Participant> elsewhere() {
        return bySession.values().stream().filter(there -> !there.peer().isHere()).toList();
    }

    /// Everybody under each call, as somebody who comes in is told.
    List<FloorEvent.Entered> present() {
        var present = new ArrayList<FloorEvent.Entered>();
        for (var there : bySession.values()) {
            for (var call : there.calls()) {
                present.add(new FloorEvent.Entered(there.peer(), there.speaker(), call, true));
            }
        }
        return present;
    }

    boolean isHere(SessionId who) {
        return of(who).filter(there -> there.peer().isHere()).isPresent();
    }

    void tell(SessionId who, ServerMessage message) {
        of(who).ifPresent(there -> there.peer().send(message));
    }

    void tellAll(Audience to, Function<CallId, ServerMessage> message) {
        for (var there : audience(to)) {
            there.calls().forEach(call -> there.peer().send(message.apply(call)));
        }
    }

    /// Those of this node among them; others are told where they are.
    List<Participant> audience(Audience to) {
        return switch (to) {
            case Audience.All() -> here();
            case Audience.One(var who) -> of(who).stream().toList();
            case Audience.AllBut(var who) ->
                    here().stream().filter(there -> !there.peer().session().equals(who)).toList();
        };
    }
}
