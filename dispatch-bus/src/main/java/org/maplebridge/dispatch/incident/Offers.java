package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// What a seat may do with an incident now, and what it could do if a gate were open: found by
/// trying each action, so that it cannot differ from what is done.
///
/// Pure.
///
/// @param may what would be done now
/// @param gates what would be refused, and why
public record Offers(List<Action.Kind> may, List<Shut> gates) {
    private static final String WORD = "-";
    private static final NodeId NOWHERE = new NodeId("no.such.room");

    /// An action that the step would offer.
    public record Shut(Action.Kind action, Gate gate, String text) {}

    public Offers {
        may = List.copyOf(may);
        gates = List.copyOf(gates);
    }

    public static Offers of(LoopWorkflow workflow, Dossier dossier, Actor actor, Instant now) {
        var may = new ArrayList<Action.Kind>();
        var gates = new ArrayList<Shut>();
        for (Action.Kind kind : Action.Kind.values()) {
            Optional<Action> sample = sample(kind, dossier, workflow.loops());
            if (sample.isEmpty()) {
                continue;
            }
            switch (workflow.decide(dossier, sample.get(), actor, now)) {
                case Decision.Done _ -> may.add(kind);
                case Decision.Refused(Gate gate, String text) when gate.canBeOpened() ->
                        gates.add(new Shut(kind, gate, text));
                case Decision.Refused _ -> {}
            }
        }
        return new Offers(may, gates);
    }

    /// One of the kind, with everything that it needs.
    private static Optional<Action> sample(Action.Kind kind, Dossier dossier, Loops loops) {
        return Optional.ofNullable(
                switch (kind) {
                    case ACCEPT -> new Action.Accept();
                    case RETURN -> new Action.Return(WORD);
                    case DISPATCH ->
                            new Action.Dispatch(NOWHERE, Room.Role.JOINT, WORD, false, false);
                    case ADVANCE -> new Action.Advance(WORD);
                    case BACK -> new Action.Back(WORD);
                    case ATTEND ->
                            Stream.concat(
                                            loops.of(dossier.incident()).posts().stream()
                                                    .map(Loop.Post::id),
                                            dossier.ledger().awaited().stream()
                                                    .map(Ledger.Expected::who))
                                    .findFirst()
                                    .map(who -> new Action.Attend(who, new Proof.Word(WORD)))
                                    .orElse(null);
                    case CALLBACK -> new Action.CallBack(Contact.How.CALL, WORD, null);
                    case EXTEND -> new Action.Extend(WORD);
                    case CLOSE -> new Action.Close(WORD);
                    case REOPEN -> new Action.Reopen(WORD);
                    case SEVERITY ->
                            new Action.Regrade(
                                    dossier.incident().severity() == Severity.RED
                                            ? Severity.YELLOW
                                            : Severity.RED,
                                    WORD);
                    case MERGE -> new Action.Merge(new IncidentId("no.such.incident"));
                    case UNMERGE -> new Action.Unmerge();
                    case NOTE -> new Action.Note(WORD);
                    case INVITE -> new Action.Invite(NOWHERE, null, WORD, WORD);
                    case RECALL -> new Action.Recall(NOWHERE, WORD);
                    case CONFER -> new Action.Confer(List.of(NOWHERE), WORD);
                    case SETTLE ->
                            new Action.Settle(
                                    dossier.incident().node(),
                                    WORD,
                                    dossier.ledger().rooms().stream()
                                            .filter(Room::isIn)
                                            .map(Room::node)
                                            .toList());
                    case EXPECT -> new Action.Expect("no.such.post", WORD);
                    case EXCUSE ->
                            dossier.ledger().awaited().stream()
                                    .findFirst()
                                    .map(one -> new Action.Excuse(one.who(), WORD))
                                    .orElse(null);
                    case LETTER -> new Action.Letter(WORD, NOWHERE, false, null);
                });
    }
}
