package org.maplebridge.signaling.sheet;

import java.util.List;

/// What became of a file that should be a spreadsheet: its lines, or the first thing that is wrong.
public sealed interface Sheet {
    /// @param lines of cells as text, from the first line of the file on, empty ones too
    record Lines(List<List<String>> lines) implements Sheet {}

    /// @param line counts from 1 as spreadsheets do; 0 when it is the file as a whole
    record Refused(Cause cause, int line) implements Sheet {}

    enum Cause {
        /// Neither CSV nor XLSX, or a broken one.
        UNREADABLE,
        /// It unpacks to more than any such list has, or has cells far outside.
        TOO_LARGE,
        TOO_MANY_LINES,
        /// What a cell shows is not what stands in it.
        FORMULA_CELL
    }
}
