package org.maplebridge.dispatch.duty;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.organisation.Seat.Duty;

/// The lines of a sheet that somebody handed in, read as a roster. The first line names the
/// columns, in Chinese or English, in any order. A shift whose end is not after its beginning ends
/// on the next day.
///
/// Pure.
public final class RosterSheet {
    /// Five posts in three shifts for a month.
    public static final int MAX_LINES = 500;

    private enum Column {
        DATE,
        POST,
        PERSON,
        FROM,
        UNTIL
    }

    private static final Map<String, Column> COLUMNS =
            Map.ofEntries(
                    Map.entry("日期", Column.DATE),
                    Map.entry("date", Column.DATE),
                    Map.entry("岗位", Column.POST),
                    Map.entry("post", Column.POST),
                    Map.entry("姓名", Column.PERSON),
                    Map.entry("name", Column.PERSON),
                    Map.entry("开始", Column.FROM),
                    Map.entry("from", Column.FROM),
                    Map.entry("结束", Column.UNTIL),
                    Map.entry("until", Column.UNTIL));

    private static final Map<String, Duty> POSTS =
            Map.of(
                    "综合协调岗", Duty.COORDINATION,
                    "信息研判岗", Duty.ANALYSIS,
                    "流转督办岗", Duty.TRANSFER_SUPERVISION,
                    "督查考评岗", Duty.APPRAISAL,
                    "应急机动岗", Duty.EMERGENCY,
                    "带班领导", Duty.DUTY_COMMANDER,
                    "其他岗", Duty.CUSTOM);

    private RosterSheet() {}

    /// @param line counts from 1 as spreadsheets do
    public record Entry(int line, Duty post, String person, Instant from, Instant until) {}

    public enum Cause {
        NO_LINES,
        TOO_MANY_LINES,
        COLUMN_MISSING,
        /// Of these: a date like 2026-11-29, a time like 08:00, a post, a name.
        MALFORMED_CELL,
        FORMULA_CELL,
        /// Longer than anybody is on duty, or years away.
        IMPLAUSIBLE_TIME
    }

    /// What became of a sheet: its shifts, or the first thing that is wrong.
    public sealed interface Reading {
        record Good(List<Entry> entries) implements Reading {}

        record Bad(Cause cause, int line) implements Reading {}
    }

    public static Reading read(List<List<String>> lines, ZoneId zone, Instant now) {
        if (lines.size() < 2) {
            return new Reading.Bad(Cause.NO_LINES, Math.max(1, lines.size()));
        }
        var columns = new ArrayList<@Nullable Column>();
        lines.getFirst()
                .forEach(name -> columns.add(COLUMNS.get(name.strip().toLowerCase(Locale.ROOT))));
        if (!columns.containsAll(List.of(Column.values()))) {
            return new Reading.Bad(Cause.COLUMN_MISSING, 1);
        }
        var entries = new ArrayList<Entry>();
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (entries.size() == MAX_LINES) {
                return new Reading.Bad(Cause.TOO_MANY_LINES, i + 1);
            }
            if (line.stream().anyMatch(RosterSheet::isFormula)) {
                return new Reading.Bad(Cause.FORMULA_CELL, i + 1);
            }
            Optional<Entry> entry = entry(columns, line, i + 1, zone);
            if (entry.isEmpty()) {
                return new Reading.Bad(Cause.MALFORMED_CELL, i + 1);
            }
            if (Shift.fault(entry.get().from(), entry.get().until(), now).isPresent()) {
                return new Reading.Bad(Cause.IMPLAUSIBLE_TIME, i + 1);
            }
            entries.add(entry.get());
        }
        return entries.isEmpty() ? new Reading.Bad(Cause.NO_LINES, 1) : new Reading.Good(entries);
    }

    private static boolean isFormula(String cell) {
        return !cell.isBlank() && "=+-@".indexOf(cell.strip().charAt(0)) >= 0;
    }

    private static Optional<Entry> entry(
            List<@Nullable Column> columns, List<String> line, int number, ZoneId zone) {
        String person = cell(columns, line, Column.PERSON);
        Optional<Duty> post = post(cell(columns, line, Column.POST));
        if (post.isEmpty() || !isName(person)) {
            return Optional.empty();
        }
        try {
            var date = LocalDate.parse(cell(columns, line, Column.DATE).replace('/', '-'));
            var from = date.atTime(time(cell(columns, line, Column.FROM)));
            LocalDateTime until = date.atTime(time(cell(columns, line, Column.UNTIL)));
            if (!from.isBefore(until)) {
                until = until.plusDays(1);
            }
            return Optional.of(
                    new Entry(
                            number,
                            post.get(),
                            person,
                            from.atZone(zone).toInstant(),
                            until.atZone(zone).toInstant()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /// `8:00` is how people write it.
    private static LocalTime time(String text) {
        return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
    }

    private static Optional<Duty> post(String word) {
        return POSTS.containsKey(word)
                ? Optional.of(POSTS.get(word))
                : POSTS.values().stream().filter(duty -> isWord(duty, word)).findFirst();
    }

    private static boolean isWord(Duty duty, String word) {
        return duty.name().replace("_", "").equalsIgnoreCase(word.replace("_", ""));
    }

    private static boolean isName(String person) {
        return PlainText.isValid(person, Shift.MAX_PERSON_CHARS)
                && person.codePoints().noneMatch(Character::isISOControl);
    }

    private static String cell(List<@Nullable Column> columns, List<String> cells, Column column) {
        int index = columns.indexOf(column);
        return index < 0 || index >= cells.size() ? "" : cells.get(index).strip();
    }
}
