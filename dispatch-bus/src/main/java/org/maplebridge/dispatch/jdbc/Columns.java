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
public final class Columns {
    private Columns() {}

    public static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static <T> @Nullable T idOrNull(ResultSet row, String column, Function<String, T> id)
            throws SQLException {
        @Nullable String text = row.getString(column);
        return text == null ? null : id.apply(text);
    }

    public static @Nullable String textOrNull(@Nullable Object id) {
        return id == null ? null : id.toString();
    }

    public static @Nullable Double latitudeOrNull(@Nullable GeoPoint point) {
        return point == null ? null : point.latitude();
    }

    public static @Nullable Double longitudeOrNull(@Nullable GeoPoint point) {
        return point == null ? null : point.longitude();
    }

    public static @Nullable GeoPoint pointOrNull(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        return nowhere ? null : new GeoPoint(latitude, row.getDouble("longitude"));
    }

    public static Name name(ResultSet row) throws SQLException {
        return new Name(row.getString("name_zh"), row.getString("name_en"));
    }

    /// Words without spaces, separated by one.
    public static String words(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }

    public static Set<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
