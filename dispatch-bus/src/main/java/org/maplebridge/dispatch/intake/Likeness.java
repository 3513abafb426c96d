package org.maplebridge.dispatch.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;

/// Which incidents may be the same matter: suggested to a person, with the reasons, by place, time,
/// person and text.
///
/// Pure.
public final class Likeness {
    /// What is less alike is not suggested.
    static final double ENOUGH = 0.5;

    /// Who stands on either side of a crossing reports the same crash; receivers in streets err.
    static final double SAME_PLACE_METRES = 150;

    static final Duration SAME_TIME = Duration.ofHours(2);

    /// How far back incidents are looked at.
    public static final Duration LOOK_BACK = Duration.ofDays(3);

    /// How long the very same words about the very same place are the same matter for certain.
    public static final Duration CERTAIN = Duration.ofMinutes(30);

    private static final double SAME_TEXT = 0.4;
    private static final double SAME_PLACE_NAME = 0.6;

    private static final double PLACE_WEIGHT = 0.35;
    private static final double TIME_WEIGHT = 0.1;
    private static final double PERSON_WEIGHT = 0.25;
    private static final double TEXT_WEIGHT = 0.3;

    private Likeness() {}

    public enum Why {
        PLACE,
        TIME,
        PERSON,
        TEXT
    }

    /// As much of an incident as is compared.
    ///
    /// @param text title and words
    /// @param phones of who reported it
    public record Matter(
            IncidentId id,
            String number,
            String title,
            String text,
            String place,
            @Nullable GeoPoint point,
            Instant openedAt,
            Set<String> phones) {}

    /// @param score 0 to 1
    public record Suggestion(Matter matter, double score, Set<Why> why) {}

    /// The most alike first.
    public static List<Suggestion> suggest(Matter matter, List<Matter> others, int most) {
        return others.stream()
                .filter(other -> !other.id().equals(matter.id()))
                .flatMap(other -> compare(matter, other).stream())
                .sorted(
                        Comparator.comparingDouble(Suggestion::score)
                                .reversed()
                                .thenComparing(s -> s.matter().openedAt())
                                .thenComparing(s -> s.matter().id().value()))
                .limit(most)
                .toList();
    }

    private static Optional<Suggestion> compare(Matter matter, Matter other) {
        var why = EnumSet.noneOf(Why.class);
        double score = 0;
        if (isSamePlace(matter, other)) {
            why.add(Why.PLACE);
            score += PLACE_WEIGHT;
        }
        if (Duration.between(matter.openedAt(), other.openedAt()).abs().compareTo(SAME_TIME) <= 0) {
            why.add(Why.TIME);
            score += TIME_WEIGHT;
        }
        if (isSamePerson(matter, other)) {
            why.add(Why.PERSON);
            score += PERSON_WEIGHT;
        }
        double text =
                TextLikeness.between(
                        TextLikeness.pairs(matter.text()), TextLikeness.pairs(other.text()));
        if (text >= SAME_TEXT) {
            why.add(Why.TEXT);
        }
        // what is half alike counts half, so that the better of two comes first
        score += TEXT_WEIGHT * text;
        return score >= ENOUGH ? Optional.of(new Suggestion(other, score, why)) : Optional.empty();
    }

    private static boolean isSamePlace(Matter one, Matter other) {
        @Nullable GeoPoint here = one.point();
        @Nullable GeoPoint there = other.point();
        if (here != null && there != null) {
            return here.metresTo(there) <= SAME_PLACE_METRES;
        }
        return TextLikeness.between(
                        TextLikeness.pairs(one.place()), TextLikeness.pairs(other.place()))
                >= SAME_PLACE_NAME;
    }

    private static boolean isSamePerson(Matter one, Matter other) {
        return one.phones().stream()
                .map(Likeness::digits)
                .anyMatch(phone ->
                        other.phones().stream().map(Likeness::digits).anyMatch(phone::equals));
    }

    /// Without the country's code, which some write and some do not.
    private static String digits(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return digits.startsWith("86") && digits.length() == 13 ? digits.substring(2) : digits;
    }

    /// The same for reports that say the very same of the very same place, whoever sends them.
    public static String fingerprint(Report report) {
        String said =
                String.join(
                        "\n",
                        report.node().value(),
                        report.kind(),
                        TextLikeness.plain(report.title()),
                        TextLikeness.plain(report.text()),
                        TextLikeness.plain(report.place()));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(said.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
