package org.maplebridge.signaling.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.signaling.scene.Words;

/// What happened at a mediation's table, one line for each step: who came, moved, knocked, agreed,
/// wrote and signed. What was said there stands in no line.
///
/// Pure.
public final class SittingLines {
    /// Of what a journal's entry says, the words that lines are made from.
    private static final Set<String> MOVES = Set.of("people", "room", "knock", "admit", "lock");

    /// @param kind such as `tableCame` or `tableSigned`
    /// @param who name of the person
    public record Line(
            Instant at, String kind, @Nullable String who, Map<String, String> details) {}

    private SittingLines() {}

    /// Oldest first.
    ///
    /// @param journal entries about it, oldest first
    public static List<Line> of(Mediation mediation, List<Happening> journal) {
        var lines = new ArrayList<Line>();
        for (var entry : journal) {
            moved(mediation, entry).ifPresent(lines::add);
        }
        for (var consent : mediation.consents()) {
            var details =
                    Map.of(
                            "subject", Words.of(consent.subject()),
                            "given", Boolean.toString(consent.given()),
                            "text", consent.text());
            lines.add(line(mediation, consent.at(), "tableConsent", consent.person(), details));
        }
        for (var text : mediation.writings()) {
            var details =
                    Map.of(
                            "text", Words.of(text.kind()),
                            "number", Integer.toString(text.number()),
                            "sha256", text.hash());
            lines.add(line(mediation, text.at(), "tableWrote", text.by(), details));
            @Nullable Instant read = text.readBack();
            if (read != null) {
                lines.add(line(mediation, read, "tableReadBack", text.by(), details));
            }
        }
        for (var signature : mediation.signatures()) {
            var details =
                    Map.of(
                            "text", Words.of(signature.kind()),
                            "sha256", signature.hash());
            lines.add(line(mediation, signature.at(), "tableSigned", signature.person(), details));
        }
        Mediation.@Nullable End end = mediation.end();
        if (end != null) {
            var details = Map.of("outcome", Words.of(end.outcome()));
            lines.add(new Line(end.at(), "tableEnded", null, details));
        }
        lines.sort(Comparator.comparing(Line::at));
        return lines;
    }

    private static Optional<Line> moved(Mediation mediation, Happening entry) {
        var detail = entry.detail();
        @Nullable PersonId by =
                Optional.ofNullable(detail.get("person"))
                        .filter(PersonId::isValid)
                        .map(PersonId::new)
                        .orElse(null);
        @Nullable String kind = kind(entry);
        if (kind == null) {
            return Optional.empty();
        }
        var told = new TreeMap<String, String>();
        detail.forEach((name, value) -> {
            if (MOVES.contains(name)) {
                told.put(name, value);
            }
        });
        if (told.containsKey("people")) {
            told.put("people", names(mediation, told.get("people")));
        }
        if (entry.kind() == JournalKind.RECORDING_FAILED) {
            told.put("reason", detail.getOrDefault("reason", ""));
        }
        for (var name : List.of("room", "knock")) {
            if (told.containsKey(name)) {
                told.put(name + "Name", names(mediation, told.get(name)));
            }
        }
        return Optional.of(line(mediation, entry.at(), kind, by, told));
    }

    private static @Nullable String kind(Happening entry) {
        var detail = entry.detail();
        return switch (entry.kind()) {
            case MEDIATION_CHANGED ->
                    switch (detail.getOrDefault("what", "")) {
                        case "came" -> "tableCame";
                        case "left" -> "tableLeft";
                        case "identified" -> "tableIdentified";
                        default -> null; // stands in the mediation itself
                    };
            case MEDIATION_MOVED -> {
                if (detail.containsKey("knock")) {
                    yield "tableKnocked";
                }
                if (detail.containsKey("admit")) {
                    yield detail.get("admit").equals("true") ? "tableAdmitted" : "tableTurnedAway";
                }
                if (detail.containsKey("lock")) {
                    yield detail.get("lock").equals("true") ? "tableLocked" : "tableUnlocked";
                }
                if (detail.containsKey("record")) {
                    yield switch (detail.get("record")) {
                        case "asked" -> "tableRecordAsked";
                        case "yes" -> "tableRecordAgreed";
                        case "no" -> "tableRecordRefused";
                        default -> "tableRecordStopped";
                    };
                }
                yield "tableMoved";
            }
            case RECORDING_FAILED -> "tableRecordFailed";
            default -> null;
        };
    }

    private static String names(Mediation mediation, String ids) {
        var names = new ArrayList<String>();
        for (var id : ids.split(" ")) {
            names.add(
                    Optional.of(id)
                            .filter(PersonId::isValid)
                            .flatMap(one -> mediation.person(new PersonId(one)))
                            .map(Person::name)
                            .orElse(""));
        }
        return String.join("、", names);
    }

    private static Line line(
            Mediation mediation,
            Instant at,
            String kind,
            @Nullable PersonId by,
            Map<String, String> details) {
        @Nullable String who =
                by == null ? null : mediation.person(by).map(Person::name).orElse(null);
        return new Line(at, kind, who, details);
    }
}
