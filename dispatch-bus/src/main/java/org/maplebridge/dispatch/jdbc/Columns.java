package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Name;

/// How values lie in columns.
final class Columns {
    private Columns() {}

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static <T> @Nullable T idOrNull(ResultSet row, String column, Function<String, T> id)
            throws SQLException {
        @Nullable String text = row.getString(column);
        return text == null ? null : id.apply(text);
    }

    static @Nullable String textOrNull(@Nullable Object id) {
        return id == null ? null : id.toString();
    }

    static @Nullable Double latitudeOrNull(@Nullable GeoPoint point) {
        return point == null ? null : point.latitude();
    }

    static @Nullable Double longitudeOrNull(@Nullable GeoPoint point) {
        return point == null ? null : point.longitude();
    }

    static @Nullable GeoPoint pointOrNull(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        return nowhere ? null : new GeoPoint(latitude, row.getDouble("longitude"));
    }

    static Name name(ResultSet row) throws SQLException {
        return new Name(row.getString("name_zh"), row.getString("name_en"));
    }

    /// Words without spaces, separated by one.
    static String words(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }

    static Set<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
