package org.maplebridge.dispatch.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;

/// The lines of a sheet that somebody handed in, read as an ownership list. The first line names
/// the columns, in Chinese or English, in any order; columns of other names are left alone.
///
/// Pure.
public final class OwnershipSheet {
    static final int MAX_ITEM_CHARS = 64;
    static final int MAX_TEXT_CHARS = 1_000;
    static final int MAX_OWNER_CHARS = 200;

    private enum Column {
        ITEM,
        TEXT,
        KEYWORDS,
        KIND,
        OWNER,
        NODE
    }

    private static final Map<String, Column> NAMES =
            Map.ofEntries(
                    Map.entry("编号", Column.ITEM),
                    Map.entry("item", Column.ITEM),
                    Map.entry("事项", Column.TEXT),
                    Map.entry("text", Column.TEXT),
                    Map.entry("关键词", Column.KEYWORDS),
                    Map.entry("keywords", Column.KEYWORDS),
                    Map.entry("类型", Column.KIND),
                    Map.entry("kind", Column.KIND),
                    Map.entry("责任单位", Column.OWNER),
                    Map.entry("owner", Column.OWNER),
                    Map.entry("处置节点", Column.NODE),
                    Map.entry("node", Column.NODE));

    private OwnershipSheet() {}

    public enum Cause {
        NO_LINES,
        TOO_MANY_LINES,
        /// The first line does not name item, text and owner.
        COLUMN_MISSING,
        CELL_MISSING,
        CELL_TOO_LARGE,
        /// What a spreadsheet would run when it opens the list again.
        FORMULA_CELL,
        /// A kind that is no id, or a control character.
        MALFORMED_CELL,
        UNKNOWN_NODE,
        /// Two lines of one number.
        ITEM_TWICE
    }

    /// What became of a sheet: a list, or the first thing that is wrong.
    public sealed interface Reading {
        record Good(List<OwnershipItem> items) implements Reading {}

        /// @param line counts from 1 as spreadsheets do
        record Bad(Cause cause, int line) implements Reading {}
    }

    /// @param lines of cells as text; a line may be shorter than others
    public static Reading read(List<List<String>> lines, Predicate<NodeId> isNode) {
        if (lines.size() < 2) {
            return new Reading.Bad(Cause.NO_LINES, Math.max(1, lines.size()));
        }
        List<@Nullable Column> columns = columns(lines.getFirst());
        if (!columns.containsAll(List.of(Column.ITEM, Column.TEXT, Column.OWNER))) {
            return new Reading.Bad(Cause.COLUMN_MISSING, 1);
        }
        var items = new ArrayList<OwnershipItem>();
        var known = new HashSet<String>();
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.stream().allMatch(String::isBlank)) {
                continue;
            }
            var item = new Line(columns, line);
            @Nullable Cause cause = item.fault(isNode);
            if (cause == null && !known.add(item.cell(Column.ITEM))) {
                cause = Cause.ITEM_TWICE;
            }
            if (cause == null && items.size() == OwnershipList.MAX_ITEMS) {
                cause = Cause.TOO_MANY_LINES;
            }
            if (cause != null) {
                return new Reading.Bad(cause, i + 1);
            }
            items.add(item.item());
        }
        return items.isEmpty() ? new Reading.Bad(Cause.NO_LINES, 1) : new Reading.Good(items);
    }

    private static List<@Nullable Column> columns(List<String> names) {
        var columns = new ArrayList<@Nullable Column>();
        names.forEach(name -> columns.add(NAMES.get(name.strip().toLowerCase(Locale.ROOT))));
        return columns;
    }

    private record Line(List<@Nullable Column> columns, List<String> cells) {
        String cell(Column column) {
            int index = columns.indexOf(column);
            return index < 0 || index >= cells.size() ? "" : cells.get(index).strip();
        }

        @Nullable Cause fault(Predicate<NodeId> isNode) {
            for (var column : Column.values()) {
                @Nullable Cause cause = fault(column, cell(column));
                if (cause != null) {
                    return cause;
                }
            }
            var node = cell(Column.NODE);
            boolean known = node.isEmpty() || (Ids.isValid(node) && isNode.test(new NodeId(node)));
            return known ? null : Cause.UNKNOWN_NODE;
        }

        private static @Nullable Cause fault(Column column, String cell) {
            if (cell.isEmpty()) {
                return column == Column.ITEM || column == Column.TEXT || column == Column.OWNER
                        ? Cause.CELL_MISSING
                        : null;
            }
            if ("=+-@".indexOf(cell.charAt(0)) >= 0) {
                return Cause.FORMULA_CELL;
            }
            int most =
                    switch (column) {
                        case ITEM, KIND, NODE -> MAX_ITEM_CHARS;
                        case OWNER -> MAX_OWNER_CHARS;
                        case TEXT, KEYWORDS -> MAX_TEXT_CHARS;
                    };
            if (cell.length() > most) {
                return Cause.CELL_TOO_LARGE;
            }
            boolean plain =
                    cell.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n');
            boolean fits = column != Column.KIND || Ids.isValid(cell);
            return plain && fits ? null : Cause.MALFORMED_CELL;
        }

        OwnershipItem item() {
            var node = cell(Column.NODE);
            return new OwnershipItem(
                    cell(Column.ITEM),
                    cell(Column.TEXT),
                    cell(Column.KEYWORDS),
                    cell(Column.KIND),
                    cell(Column.OWNER),
                    node.isEmpty() ? null : new NodeId(node));
        }
    }
}
