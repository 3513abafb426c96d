package org.maplebridge.dispatch.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;

/// Something that has just happened, before the journal has given it its place.
///
/// @param actor who did it; absent when nobody did, as when a unit's network fails
public record Happening(
        Instant at,
        JournalKind kind,
        @Nullable UserId actor,
        @Nullable SeatId seat,
        List<Subject> subjects,
        Map<String, String> detail) {
    public static final int MAX_SUBJECTS = 16;

    /// One order's text or one refusal's reason, and a few words beside it.
    public static final int MAX_DETAIL_CHARS = 8_000;

    public Happening {
        subjects = List.copyOf(subjects);
        detail = java.util.Collections.unmodifiableMap(new TreeMap<>(detail));
        int chars = 0;
        for (var entry : detail.entrySet()) {
            chars += entry.getKey().length() + entry.getValue().length();
        }
        if (subjects.size() > MAX_SUBJECTS || chars > MAX_DETAIL_CHARS) {
            throw new IllegalArgumentException("too much for one entry");
        }
    }

    public static Happening by(UserId actor, Instant at, JournalKind kind, List<Subject> subjects) {
        return new Happening(at, kind, actor, null, subjects, Map.of());
    }

    public static Happening by(
            UserId actor,
            Instant at,
            JournalKind kind,
            List<Subject> subjects,
            Map<String, String> detail) {
        return new Happening(at, kind, actor, null, subjects, detail);
    }
}
