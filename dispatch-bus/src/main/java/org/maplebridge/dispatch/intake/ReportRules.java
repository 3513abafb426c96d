package org.maplebridge.dispatch.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;

/// What a report has to obey before anything is written.
///
/// Pure.
///
/// @param county where things may be reported from; absent: anywhere on earth
public record ReportRules(@Nullable GeoArea county) {
    public static final int MAX_TITLE_CHARS = 200;
    public static final int MAX_TEXT_CHARS = 4_000;
    public static final int MAX_PLACE_CHARS = 200;
    public static final int MAX_NAME_CHARS = 60;

    /// Clocks of other systems may be a little ahead.
    static final Duration AHEAD = Duration.ofMinutes(5);

    /// What is older is a matter for the archive.
    static final Duration BEHIND = Duration.ofDays(366);

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{3,18}[0-9]");

    /// Why a statement is not taken.
    public enum Cause {
        MISSING,
        TOO_LARGE,
        /// Control characters, no id, no telephone number, no place on earth.
        MALFORMED,
        IN_THE_FUTURE,
        TOO_LONG_AGO,
        OUTSIDE_COUNTY
    }

    /// @param field as it is called on the wire
    public record Fault(String field, Cause cause) {}

    /// The first thing that is wrong.
    public Optional<Fault> fault(Statement statement, Instant now) {
        var reporter = statement.reporter();
        return id("externalId", statement.externalId())
                .or(() -> line("title", statement.title(), MAX_TITLE_CHARS, true))
                .or(() -> text(statement.text()))
                .or(() -> kind(statement.kind()))
                .or(() -> line("place", statement.place(), MAX_PLACE_CHARS, true))
                .or(() -> line("name", reporter.name(), MAX_NAME_CHARS, false))
                .or(() -> phone(reporter.phone()))
                .or(() -> position(statement.latitude(), statement.longitude()))
                .or(() -> time(statement.occurredAt(), now));
    }

    /// @throws IllegalArgumentException for what [#fault] refuses
    public static @Nullable GeoPoint point(Statement statement) {
        @Nullable Double latitude = statement.latitude();
        @Nullable Double longitude = statement.longitude();
        return latitude == null || longitude == null ? null : new GeoPoint(latitude, longitude);
    }

    private static Optional<Fault> id(String field, String value) {
        if (value.isEmpty()) {
            return fault(field, Cause.MISSING);
        }
        return Ids.isValid(value) ? Optional.empty() : fault(field, Cause.MALFORMED);
    }

    private static Optional<Fault> kind(String kind) {
        return kind.isEmpty() ? Optional.empty() : id("kind", kind);
    }

    private static Optional<Fault> line(String field, String value, int max, boolean needed) {
        if (value.isBlank()) {
            return needed || !value.isEmpty() ? fault(field, Cause.MISSING) : Optional.empty();
        }
        if (value.length() > max) {
            return fault(field, Cause.TOO_LARGE);
        }
        boolean plain = value.codePoints().allMatch(c -> isShown(c));
        return plain ? Optional.empty() : fault(field, Cause.MALFORMED);
    }

    private static Optional<Fault> text(String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            return fault("text", Cause.TOO_LARGE);
        }
        return isPlain(text) ? Optional.empty() : fault("text", Cause.MALFORMED);
    }

    /// Whether all of it may be shown, lines and tabs included.
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(c -> isShown(c) || c == '\n' || c == '\r' || c == '\t');
    }

    /// Neither commands to a terminal, nor marks that turn the direction of what follows, nor half
    /// a character.
    private static boolean isShown(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE
                && !(codePoint >= 0x202A && codePoint <= 0x202E)
                && !(codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    /// The same words without what no report may contain, for whom cannot be asked to say it again.
    public static String cleaned(String text, int maxChars) {
        var cleaned = new StringBuilder();
        text.codePoints()
                .map(c -> isShown(c) ? c : ' ')
                .limit(maxChars / 2)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString().strip();
    }

    private static Optional<Fault> phone(String phone) {
        return phone.isEmpty() || PHONE.matcher(phone).matches()
                ? Optional.empty()
                : fault("phone", Cause.MALFORMED);
    }

    private Optional<Fault> position(@Nullable Double latitude, @Nullable Double longitude) {
        if (latitude == null && longitude == null) {
            return Optional.empty();
        }
        boolean onEarth =
                latitude != null
                        && longitude != null
                        && Math.abs(latitude) <= 90
                        && Math.abs(longitude) <= 180;
        if (latitude == null || longitude == null || !onEarth) {
            return fault("point", Cause.MALFORMED);
        }
        return isInside(new GeoPoint(latitude, longitude))
                ? Optional.empty()
                : fault("point", Cause.OUTSIDE_COUNTY);
    }

    public boolean isInside(GeoPoint point) {
        return county == null || county.contains(point);
    }

    public static Optional<Fault> time(@Nullable Instant at, Instant now) {
        if (at == null) {
            return Optional.empty();
        }
        if (at.isAfter(now.plus(AHEAD))) {
            return fault("occurredAt", Cause.IN_THE_FUTURE);
        }
        return at.isBefore(now.minus(BEHIND))
                ? fault("occurredAt", Cause.TOO_LONG_AGO)
                : Optional.empty();
    }

    private static Optional<Fault> fault(String field, Cause cause) {
        return Optional.of(new Fault(field, cause));
    }
}
