package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Decision.Done;
import org.maplebridge.dispatch.incident.Ledger.Arrival;
import org.maplebridge.dispatch.incident.Ledger.Expected;
import org.maplebridge.dispatch.incident.Ledger.Letter;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Ledger.Session;
import org.maplebridge.dispatch.incident.Ledger.Settlement;
import org.maplebridge.dispatch.model.NodeId;

/// How others come into a matter: who must be there and was, who is called in, and the joint
/// session that decides whose it is.
///
/// Pure.
record Meeting(Dossier dossier, Loop loop, Actor actor, Instant now) {
    /// More is no conversation any more.
    static final int MOST_ROOMS = 12;

    Decision attend(Action.Attend action) {
        boolean known =
                loop.posts().stream().anyMatch(post -> post.id().equals(action.who()))
                        || ledger().awaited().stream()
                                .anyMatch(one -> one.who().equals(action.who()));
        if (!known) {
            return LoopWorkflow.notAllowed("Nobody of that name has to attend.");
        }
        var detail = new TreeMap<String, String>();
        detail.put("who", action.who());
        ledger().awaited().stream()
                .filter(one -> one.who().equals(action.who()))
                .findFirst()
                .ifPresent(one -> detail.put("name", one.name()));
        switch (action.proof()) {
            case Proof.Place(var unit, var metres, _) -> {
                if (metres == null) {
                    return new Decision.Refused(
                            Gate.NOT_PROVED, "Where " + unit + " is was not looked up.");
                }
                detail.put("proof", "position");
                detail.put("unit", unit.value());
                detail.put("metres", metres.toString());
            }
            case Proof.Picture(var evidence) -> {
                if (ledger().exhibits().stream().noneMatch(one -> one.id().equals(evidence))) {
                    return new Decision.Refused(
                            Gate.NOT_PROVED, "No such picture belongs to this incident.");
                }
                detail.put("proof", "picture");
                detail.put("evidence", evidence.value());
            }
            case Proof.Mediated(var mediation) -> {
                detail.put("proof", "mediation");
                detail.put("mediation", mediation.value());
            }
            case Proof.Word(var text) -> {
                detail.put("proof", "word");
                detail.put("text", text);
            }
        }
        var arrival = new Arrival(action.who(), now, action.proof(), actor.user());
        return done(ledger().with(arrival), detail, Action.Kind.ATTEND);
    }

    Decision expect(Action.Expect action) {
        boolean taken =
                ledger().expected().stream().anyMatch(one -> one.who().equals(action.who()))
                        || loop.posts().stream().anyMatch(post -> post.id().equals(action.who()));
        boolean same =
                ledger().awaited().stream().anyMatch(one -> one.name().equals(action.name()));
        if (taken || same) {
            return LoopWorkflow.notAllowed("They are expected already.");
        }
        var one = new Expected(action.who(), action.name(), actor.user(), now, null);
        return done(
                ledger().with(one),
                Map.of("who", one.who(), "name", one.name()),
                Action.Kind.EXPECT);
    }

    Decision excuse(Action.Excuse action) {
        return ledger().awaited().stream()
                .filter(one -> one.who().equals(action.who()))
                .findFirst()
                .<Decision>map(one -> {
                    var excused =
                            new Expected(
                                    one.who(), one.name(), one.by(), one.at(), action.reason());
                    return done(
                            ledger().with(excused),
                            Map.of(
                                    "who", one.who(),
                                    "name", one.name(),
                                    "reason", action.reason()),
                            Action.Kind.EXCUSE);
                })
                .orElseGet(() -> LoopWorkflow.notAllowed("Nobody of that name has to attend."));
    }

    /// Who is in already is only shown the picture.
    Decision invite(Action.Invite action) {
        boolean isIn = isIn(action.node());
        if (isIn && action.unit() == null) {
            return LoopWorkflow.notAllowed("That room has it already.");
        }
        var detail = new TreeMap<String, String>();
        detail.put("node", action.node().value());
        detail.put("reason", action.reason());
        detail.put("item", action.item());
        if (action.unit() != null) {
            detail.put("unit", action.unit().value());
        }
        return done(
                isIn ? ledger() : offered(action.node(), action.reason()),
                detail,
                Action.Kind.INVITE);
    }

    Decision recall(Action.Recall action) {
        return done(
                ledger(),
                Map.of("node", action.node().value(), "reason", action.reason()),
                Action.Kind.RECALL);
    }

    Decision confer(Action.Confer action) {
        if (ledger().session().isPresent()) {
            return LoopWorkflow.notAllowed("A joint session is going on.");
        }
        Set<NodeId> asked = new LinkedHashSet<>(action.nodes());
        asked.remove(incident().node());
        if (asked.isEmpty() || asked.size() > MOST_ROOMS) {
            return LoopWorkflow.notAllowed("A joint session is of 2 to 13 rooms.");
        }
        var session = new Session(now, actor.user(), action.reason(), List.copyOf(asked), null);
        var next = ledger().with(session);
        for (NodeId node : asked) {
            next = isIn(node) ? next : next.with(offer(node, action.reason()));
        }
        return done(
                next,
                Map.of("nodes", words(List.copyOf(asked)), "reason", action.reason()),
                Action.Kind.CONFER);
    }

    /// Who took part has said so by taking it on; whoever is responsible is there anyhow.
    Decision settle(Action.Settle action) {
        var session = ledger().session();
        if (session.isEmpty()) {
            return LoopWorkflow.notAllowed("No joint session is going on.");
        }
        Set<NodeId> present = new LinkedHashSet<>(List.of(incident().node()));
        present.addAll(action.present());
        boolean allIn =
                present.stream()
                        .filter(node -> !node.equals(incident().node()))
                        .allMatch(node -> ledger().room(node).filter(Room::isIn).isPresent());
        if (present.size() < 2 || !allIn || !present.contains(action.owner())) {
            return LoopWorkflow.notAllowed(
                    "Two rooms that have taken it on decide, and one of them becomes the owner.");
        }
        var open = session.get();
        var decision =
                new Settlement(
                        now, actor.user(), action.owner(), action.reason(), List.copyOf(present));
        var settled =
                ledger().with(
                                new Session(
                                        open.openedAt(),
                                        open.by(),
                                        open.reason(),
                                        open.rooms(),
                                        decision));
        var next =
                action.owner().equals(incident().node())
                        ? new Dossier(incident(), settled)
                        : handedTo(action.owner(), action.reason(), settled, Room.State.ACCEPTED);
        var detail =
                Map.of(
                        "node", action.owner().value(),
                        "reason", action.reason(),
                        "present", words(List.copyOf(present)));
        return new Done(next, LoopWorkflow.noted(next, detail, Action.Kind.SETTLE));
    }

    Decision write(Action.Letter action) {
        var detail = new TreeMap<String, String>();
        detail.put("letter", action.template());
        detail.put("node", action.node().value());
        detail.put("how", action.sent() ? "sent" : "printed");
        detail.put("number", Integer.toString(ledger().letters().size() + 1));
        if (action.due() != null) {
            detail.put("due", action.due().toString());
        }
        var letter =
                new Letter(
                        action.template(),
                        action.node(),
                        action.sent(),
                        action.due(),
                        now,
                        actor.user());
        return done(ledger().with(letter), detail, Action.Kind.LETTER);
    }

    /// With a share that is offered to this room.
    Ledger offered(NodeId node, @Nullable String reason) {
        return ledger().with(offer(node, reason));
    }

    /// Who was responsible has done its share.
    ///
    /// @param state of who is responsible now
    Dossier handedTo(NodeId node, @Nullable String reason, Ledger before, Room.State state) {
        var former = new Room(incident().node(), Room.Role.JOINT, Room.State.DONE, now, now, null);
        var owner =
                new Room(
                        node,
                        Room.Role.OWNER,
                        state,
                        now,
                        state == Room.State.OFFERED ? null : now,
                        reason);
        return new Dossier(incident().ownedBy(node), before.with(former).with(owner));
    }

    private Room offer(NodeId node, @Nullable String reason) {
        return new Room(node, Room.Role.JOINT, Room.State.OFFERED, now, null, reason);
    }

    private boolean isIn(NodeId node) {
        return node.equals(incident().node()) || takesPart(node);
    }

    private boolean takesPart(NodeId node) {
        return ledger().room(node).filter(room -> room.state() != Room.State.RETURNED).isPresent();
    }

    private Incident incident() {
        return dossier.incident();
    }

    private Ledger ledger() {
        return dossier.ledger();
    }

    private Done done(Ledger next, Map<String, String> detail, Action.Kind kind) {
        var whole = new Dossier(incident(), next);
        return new Done(whole, LoopWorkflow.noted(whole, detail, kind));
    }

    private static String words(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).collect(Collectors.joining(" "));
    }
}
