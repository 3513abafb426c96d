package org.maplebridge.signaling.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Words;

/// An action on an incident as it is sent; each needs some of the fields.
///
/// @param action one of the words of [Action.Kind]
/// @param version of the incident that the seat looked at
///
///   Pure.
record NewAction(
        @Nullable String clientId,
        @Nullable Long version,
        @Nullable String action,
        @Nullable String reason,
        @Nullable String node,
        @Nullable String role,
        @Nullable String note,
        @Nullable String who,
        @Nullable String proof,
        @Nullable String how,
        @Nullable String text,
        @Nullable String call,
        @Nullable String result,
        @Nullable String severity,
        @Nullable String into,
        @Nullable String unit,
        @Nullable String evidence,
        @Nullable String name,
        @Nullable List<String> nodes,
        @Nullable String letter,
        @Nullable Boolean sent,
        @Nullable Instant due) {
    private static final int MAX_REASON_CHARS = 1_000;

    /// What an agency reads beside the picture.
    private static final int MAX_CALL_IN_CHARS = 500;

    private static final int MAX_NAME_CHARS = 60;
    private static final int MOST_NODES = 20;

    Action read() {
        return switch (kind()) {
            case ACCEPT -> new Action.Accept();
            case RETURN -> new Action.Return(because());
            case DISPATCH ->
                    new Action.Dispatch(
                            new NodeId(id(node, "node")),
                            wantedRole(),
                            optional(reason, "reason"),
                            false,
                            false);
            case ADVANCE -> new Action.Advance(optional(note, "note"));
            case BACK -> new Action.Back(because());
            case ATTEND -> new Action.Attend(id(who, "who"), shown());
            case CALLBACK -> callBack();
            case EXTEND -> new Action.Extend(because());
            case CLOSE -> new Action.Close(Access.text(result, "result", MAX_REASON_CHARS));
            case REOPEN -> new Action.Reopen(because());
            case SEVERITY ->
                    new Action.Regrade(
                            IncidentController.severity(Access.text(severity, "severity", 20)),
                            because());
            case MERGE -> new Action.Merge(new IncidentId(id(into, "into")));
            case UNMERGE -> new Action.Unmerge();
            case NOTE -> new Action.Note(Access.text(text, "text", Incident.MAX_TEXT_CHARS));
            case INVITE ->
                    new Action.Invite(
                            new NodeId(id(node, "node")),
                            unit == null ? null : new UnitId(id(unit, "unit")),
                            Access.text(reason, "reason", MAX_CALL_IN_CHARS),
                            "");
            case RECALL -> new Action.Recall(new NodeId(id(node, "node")), because());
            case CONFER -> new Action.Confer(rooms(), because());
            case SETTLE -> new Action.Settle(new NodeId(id(node, "node")), because(), rooms());
            case EXPECT ->
                    new Action.Expect(
                            id(clientId, "clientId"), Access.text(name, "name", MAX_NAME_CHARS));
            case EXCUSE -> new Action.Excuse(id(who, "who"), because());
            case LETTER ->
                    new Action.Letter(
                            id(letter, "letter"),
                            new NodeId(id(node, "node")),
                            Boolean.TRUE.equals(sent),
                            due);
        };
    }

    private Action.Kind kind() {
        var word = Access.text(action, "action", 20);
        return Arrays.stream(Action.Kind.values())
                .filter(kind -> Words.of(kind).equals(word))
                .findFirst()
                .orElseThrow(() -> ApiProblem.malformed("action", "is not known"));
    }

    private Room.Role wantedRole() {
        return switch (role == null ? "joint" : role) {
            case "owner" -> Room.Role.OWNER;
            case "joint" -> Room.Role.JOINT;
            default -> throw ApiProblem.malformed("role", "is owner or joint");
        };
    }

    /// Whoever answered or refused said something; who did not answer said nothing.
    private Action callBack() {
        var way =
                switch (Access.text(how, "how", 20)) {
                    case "call" -> Contact.How.CALL;
                    case "refused" -> Contact.How.REFUSED;
                    case "no-answer" -> Contact.How.NO_ANSWER;
                    default -> throw ApiProblem.malformed("how", "is call, refused or no-answer");
                };
        @Nullable String said =
                way == Contact.How.CALL
                        ? Access.text(text, "text", MAX_REASON_CHARS)
                        : optional(text, "text");
        return new Action.CallBack(way, said, call == null ? null : id(call, "call"));
    }

    /// A position names the unit, a picture the upload; everything else is a word.
    private Proof shown() {
        return switch (Access.text(proof, "proof", MAX_REASON_CHARS)) {
            case "position" -> new Proof.Place(new UnitId(id(unit, "unit")), null, null);
            case "picture" -> new Proof.Picture(new EvidenceId(id(evidence, "evidence")));
            case "word" -> new Proof.Word(text == null || text.isBlank() ? "" : because(text));
            case String said -> new Proof.Word(said);
        };
    }

    private List<NodeId> rooms() {
        if (nodes == null || nodes.isEmpty()) {
            throw ApiProblem.malformed("nodes", "is missing");
        }
        if (nodes.size() > MOST_NODES) {
            throw ApiProblem.malformed("nodes", "are too many");
        }
        return nodes.stream().map(node -> new NodeId(id(node, "nodes"))).toList();
    }

    private static String because(@Nullable String text) {
        return Access.text(text, "text", MAX_REASON_CHARS);
    }

    private String because() {
        return Access.text(reason, "reason", MAX_REASON_CHARS);
    }

    private static @Nullable String optional(@Nullable String text, String field) {
        return text == null || text.isBlank() ? null : Access.text(text, field, MAX_REASON_CHARS);
    }

    private static String id(@Nullable String text, String field) {
        var id = Access.text(text, field, Ids.MAX_CHARS);
        if (!Ids.isValid(id)) {
            throw ApiProblem.malformed(field, "is no id");
        }
        return id;
    }
}
