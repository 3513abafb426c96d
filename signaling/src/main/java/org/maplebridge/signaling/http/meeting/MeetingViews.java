package org.maplebridge.signaling.http.meeting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Ledger.Arrival;
import org.maplebridge.dispatch.incident.Loop;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;

/// How others stand in an incident, as one reader sees it: who has come, what is shown to whom,
/// what rooms decided together, what was written. Names are given, since a reader may see no more
/// of a place than that it has a part in this.
///
/// Pure.
public record MeetingViews(Organisation organisation, String locale) {
    /// @param awaited whether the room has named them, and may excuse them
    /// @param proof position, picture or word; only the first two are proofs
    /// @param unit whose position it was
    /// @param metres between the unit and the incident
    /// @param seenAt when the unit said where it was
    /// @param excused why they need not come
    public record Attendance(
            String who,
            String name,
            boolean awaited,
            @Nullable Instant arrivedAt,
            @Nullable String proof,
            @Nullable String unit,
            @Nullable Integer metres,
            @Nullable Instant seenAt,
            @Nullable String evidence,
            @Nullable String text,
            @Nullable String excused) {}

    public record ShowingView(
            String id,
            String unit,
            String unitName,
            String node,
            String name,
            String by,
            String reason,
            Instant at) {}

    public record Named(String node, String name) {}

    /// @param owner,decision,present when it is over
    public record SessionView(
            Instant openedAt,
            String by,
            String reason,
            List<Named> rooms,
            @Nullable Instant settledAt,
            @Nullable Named owner,
            @Nullable String decision,
            List<Named> present) {}

    /// @param number within the incident
    public record LetterView(
            int number,
            String template,
            Named to,
            boolean sent,
            @Nullable Instant due,
            Instant at,
            String by) {}

    /// Everybody who must come, there or not.
    public List<Attendance> attendance(Ledger ledger, Loop loop) {
        var all = new ArrayList<Attendance>();
        for (var post : loop.posts()) {
            all.add(of(ledger, post.id(), post.name().in(locale), false, null));
        }
        for (var one : ledger.expected()) {
            all.add(of(ledger, one.who(), one.name(), one.excused() == null, one.excused()));
        }
        return all;
    }

    private Attendance of(
            Ledger ledger, String who, String name, boolean awaited, @Nullable String excused) {
        Optional<Arrival> found =
                ledger.arrivals().stream().filter(one -> one.who().equals(who)).findFirst();
        if (found.isEmpty()) {
            return new Attendance(
                    who, name, awaited, null, null, null, null, null, null, null, excused);
        }
        var at = found.get().at();
        return switch (found.get().proof()) {
            case Proof.Place(var unit, var metres, var seenAt) ->
                    new Attendance(
                            who,
                            name,
                            awaited,
                            at,
                            "position",
                            unit(unit),
                            metres,
                            seenAt,
                            null,
                            null,
                            excused);
            case Proof.Picture(var evidence) ->
                    new Attendance(
                            who,
                            name,
                            awaited,
                            at,
                            "picture",
                            null,
                            null,
                            null,
                            evidence.value(),
                            null,
                            excused);
            case Proof.Mediated(var mediation) ->
                    new Attendance(
                            who,
                            name,
                            awaited,
                            at,
                            "mediation",
                            null,
                            null,
                            null,
                            null,
                            mediation.value(),
                            excused);
            case Proof.Word(var text) ->
                    new Attendance(
                            who, name, awaited, at, "word", null, null, null, null, text, excused);
        };
    }

    public ShowingView showing(Showing showing) {
        return new ShowingView(
                showing.id(),
                showing.unit().value(),
                unit(showing.unit()),
                showing.node().value(),
                named(showing.node()).name(),
                user(showing.by()),
                showing.reason(),
                showing.at());
    }

    public @Nullable SessionView session(Ledger ledger) {
        if (ledger.sessions().isEmpty()) {
            return null;
        }
        var session = ledger.sessions().getLast();
        Ledger.@Nullable Settlement decision = session.decision();
        return new SessionView(
                session.openedAt(),
                user(session.by()),
                session.reason(),
                session.rooms().stream().map(this::named).toList(),
                decision == null ? null : decision.at(),
                decision == null ? null : named(decision.owner()),
                decision == null ? null : decision.reason(),
                decision == null
                        ? List.of()
                        : decision.present().stream().map(this::named).toList());
    }

    public List<LetterView> letters(Ledger ledger) {
        var views = new ArrayList<LetterView>();
        for (var letter : ledger.letters()) {
            views.add(
                    new LetterView(
                            views.size() + 1,
                            letter.template(),
                            named(letter.node()),
                            letter.sent(),
                            letter.due(),
                            letter.at(),
                            user(letter.by())));
        }
        return views;
    }

    Named named(NodeId node) {
        return new Named(
                node.value(),
                organisation
                        .node(node)
                        .map(OrgNode::name)
                        .map(name -> name.in(locale))
                        .orElse(node.value()));
    }

    private String unit(UnitId unit) {
        return organisation
                .unit(unit)
                .map(Unit::name)
                .map(name -> name.in(locale))
                .orElse(unit.value());
    }

    private String user(UserId user) {
        return organisation
                .user(user)
                .map(User::name)
                .map(name -> name.in(locale))
                .orElse(user.value());
    }
}
