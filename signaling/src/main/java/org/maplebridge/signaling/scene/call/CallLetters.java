package org.maplebridge.signaling.scene.call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;

/// Private calls as nodes write them to each other. People, units and sessions go by their ids; who
/// that is stands in the record that all nodes share.
///
/// Thread: any. What cannot be read is nothing.
final class CallLetters {
    /// More sessions than any room has seats.
    private static final int MOST_PEOPLE = 1_000;

    /// Who of a node's people is in a call.
    ///
    /// @param number of the state that is spoken of
    record Present(long number, List<SessionId> people) {}

    /// How a call stands, and how it ended for those who were in it until now.
    record Standing(Call call, Map<SessionId, Call.Ending> endings) {}

    private final MemberId self;
    private final Peers peers;
    private final Roster roster;

    CallLetters(MemberId self, Peers peers, Roster roster) {
        this.self = self;
        this.peers = peers;
        this.roster = roster;
    }

    Map<String, String> write(Call call, Map<SessionId, Call.Ending> endings) {
        var terms = call.terms();
        var fields = new HashMap<String, String>();
        fields.put("number", Long.toString(call.number()));
        fields.put("caller", terms.caller().id());
        fields.put("callee", terms.callee().id());
        fields.put("opener", terms.opener().value());
        fields.put("floor", Boolean.toString(terms.oneAtATime()));
        fields.put(
                "phase",
                switch (call.state()) {
                    case CallState.Ringing _ -> "ringing";
                    case CallState.Open _ -> "open";
                    case CallState.Closed _ -> "closed";
                });
        fields.put(
                "people",
                call.state().everybody().stream()
                        .flatMap(who -> person(call, who).stream())
                        .collect(Collectors.joining("\n")));
        fields.put(
                "endings",
                endings.entrySet().stream()
                        .map(ending -> ending(ending.getKey(), ending.getValue()))
                        .collect(Collectors.joining("\n")));
        return fields;
    }

    private Optional<String> person(Call call, SessionId who) {
        @Nullable Peer remote = call.elsewhere().get(who);
        Optional<Peer> peer = remote == null ? peers.find(who) : Optional.of(remote);
        return call.endOf(who).flatMap(end -> peer.map(there -> end + " " + line(there)));
    }

    private static String ending(SessionId who, Call.Ending ending) {
        @Nullable String by = ending.by();
        return who + " " + ending.cause() + (by == null ? "" : " " + by);
    }

    String line(Peer peer) {
        return RemotePeer.line(peer, self);
    }

    Optional<Standing> standing(Envelope letter) {
        try {
            return read(letter);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Standing> read(Envelope letter) {
        var organisation = roster.organisation();
        var opener = organisation.user(new UserId(field(letter, "opener")));
        var caller = party(field(letter, "caller"), organisation);
        var callee = party(field(letter, "callee"), organisation);
        if (opener.isEmpty() || caller.isEmpty() || callee.isEmpty()) {
            return Optional.empty();
        }
        var terms =
                new Call.Terms(
                        new CallId(letter.subject()),
                        letter.from(),
                        caller.get(),
                        callee.get(),
                        opener.get().id(),
                        opener.get().name(),
                        Boolean.parseBoolean(field(letter, "floor")));
        Map<SessionId, End> present = new LinkedHashMap<>();
        Map<SessionId, RemotePeer> elsewhere = new HashMap<>();
        for (var line : lines(letter, "people")) {
            int space = line.indexOf(' ');
            var end = End.valueOf(line.substring(0, Math.max(0, space)));
            somebody(line.substring(space + 1))
                    .ifPresent(peer -> {
                        present.put(peer.session(), end);
                        if (!peer.member().equals(self)) {
                            elsewhere.put(peer.session(), peer);
                        }
                    });
        }
        long number = Long.parseLong(field(letter, "number"));
        return state(field(letter, "phase"), present, terms.oneAtATime())
                .map(state ->
                        new Standing(
                                new Call(terms, number, state, elsewhere, Set.of(letter.from())),
                                endings(letter)));
    }

    /// The times are the business of who decides.
    private static Optional<CallState> state(
            String phase, Map<SessionId, End> present, boolean oneAtATime) {
        return switch (phase) {
            case "ringing" -> {
                var rung = new LinkedHashSet<>(present.keySet());
                rung.removeIf(who -> present.get(who) == End.CALLER);
                yield present.entrySet().stream()
                        .filter(entry -> entry.getValue() == End.CALLER)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .map(caller -> new CallState.Ringing(caller, rung, oneAtATime, 0));
            }
            case "open" -> Optional.of(new CallState.Open(present, oneAtATime, false, 0));
            case "closed" -> Optional.of(new CallState.Closed());
            default -> Optional.empty();
        };
    }

    private static Map<SessionId, Call.Ending> endings(Envelope letter) {
        var endings = new HashMap<SessionId, Call.Ending>();
        for (var line : lines(letter, "endings")) {
            var words = line.split(" ", 3);
            endings.put(
                    new SessionId(words[0]),
                    new Call.Ending(
                            CallEnd.valueOf(words.length > 1 ? words[1] : ""),
                            words.length > 2 ? words[2] : null));
        }
        return endings;
    }

    private static Optional<Party> party(String id, Organisation organisation) {
        return organisation
                .unit(new UnitId(id))
                .map(Party::of)
                .or(() -> organisation.user(new UserId(id)).map(CallLetters::party));
    }

    private static Party party(User user) {
        return new Party(user.id().value(), user.name());
    }

    Map<String, String> write(List<CallDevices.Offer> offers) {
        return Map.of(
                "devices",
                offers.stream()
                        .map(offer ->
                                offer.hasRoom() + " " + offer.picksUp() + " " + line(offer.peer()))
                        .collect(Collectors.joining("\n")));
    }

    List<CallDevices.Offer> offers(Envelope letter) {
        var offers = new ArrayList<CallDevices.Offer>();
        for (var line : lines(letter, "devices")) {
            var words = line.split(" ", 3);
            if (words.length == 3) {
                somebody(words[2])
                        .filter(peer -> peer.member().equals(letter.from()))
                        .map(peer ->
                                new CallDevices.Offer(
                                        peer,
                                        Boolean.parseBoolean(words[0]),
                                        Boolean.parseBoolean(words[1])))
                        .ifPresent(offers::add);
            }
        }
        return offers;
    }

    /// Somebody of another node.
    Optional<RemotePeer> somebody(String line) {
        return RemotePeer.read(line, roster.organisation());
    }

    static Map<String, String> write(CallInput input, @Nullable String reason) {
        var fields = new HashMap<String, String>();
        if (reason != null) {
            fields.put("reason", reason);
        }
        switch (input) {
            case CallInput.Answer(var who) -> put(fields, "answer", who);
            case CallInput.Decline(var who) -> put(fields, "decline", who);
            case CallInput.HangUp(var who) -> put(fields, "hangUp", who);
            case CallInput.Lost(var who) -> put(fields, "lost", who);
            case CallInput.Join _, CallInput.Wake _ -> {} // who decides knows them by itself
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String what, SessionId who) {
        fields.put("what", what);
        fields.put("who", who.value());
    }

    static Optional<CallInput> input(Envelope letter) {
        try {
            var who = new SessionId(field(letter, "who"));
            return switch (field(letter, "what")) {
                case "answer" -> Optional.of(new CallInput.Answer(who));
                case "decline" -> Optional.of(new CallInput.Decline(who));
                case "hangUp" -> Optional.of(new CallInput.HangUp(who));
                case "lost" -> Optional.of(new CallInput.Lost(who));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Present> present(Envelope letter) {
        try {
            var people = lines(letter, "people").stream().map(SessionId::new).toList();
            return Optional.of(new Present(Long.parseLong(field(letter, "number")), people));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> lines(Envelope letter, String name) {
        return field(letter, name).lines().limit(MOST_PEOPLE).toList();
    }

    private static String field(Envelope letter, String name) {
        return letter.fields().getOrDefault(name, "");
    }
}
