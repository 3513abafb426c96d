package org.maplebridge.signaling.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// Writes a table as CSV or XLSX. What people wrote is text and stays text, also when it looks like
/// a formula; what is not there is a dash.
///
/// Pure.
public final class SheetWriter {
    private static final String ABSENT = "–";
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int WIDE_COLUMNS = 2;
    private static final double WIDE_CHARS = 26;
    private static final double NARROW_CHARS = 13;

    private SheetWriter() {}

    public sealed interface Cell {
        record Text(String text) implements Cell {}

        record Count(long count) implements Cell {}

        /// @param share 0 to 1, shown in percent
        record Share(OptionalDouble share) implements Cell {}

        /// With one digit behind the point.
        record Number(OptionalDouble number) implements Cell {}

        record Nothing() implements Cell {}
    }

    /// In UTF-8 with a byte order mark, without which spreadsheets in China read it wrongly.
    public static byte[] csv(List<List<Cell>> lines) {
        var text = new StringWriter();
        text.write(BYTE_ORDER_MARK);
        try (var writer = CsvWriter.builder().build(text)) {
            for (var line : lines) {
                writer.writeRecord(line.stream().map(SheetWriter::plain).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @param lines the first is the head
    public static byte[] xlsx(String name, List<List<Cell>> lines) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Maplebridge", "1.0")) {
            var sheet = workbook.newWorksheet(name);
            for (int row = 0; row < lines.size(); row++) {
                for (int column = 0; column < lines.get(row).size(); column++) {
                    write(sheet, row, column, lines.get(row).get(column));
                }
            }
            int columns = lines.stream().mapToInt(List::size).max().orElse(0);
            for (int column = 0; column < columns; column++) {
                sheet.width(column, column < WIDE_COLUMNS ? WIDE_CHARS : NARROW_CHARS);
            }
            if (columns > 0) {
                sheet.range(0, 0, 0, columns - 1).style().bold().wrapText(true).set();
                sheet.freezePane(WIDE_COLUMNS, 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Worksheet sheet, int row, int column, Cell cell) {
        switch (cell) {
            case Cell.Text(var text) -> sheet.value(row, column, text);
            case Cell.Count(var count) -> sheet.value(row, column, count);
            case Cell.Share(var share) -> number(sheet, row, column, share, "0.0%");
            case Cell.Number(var number) -> number(sheet, row, column, number, "0.0");
            case Cell.Nothing() -> {}
        }
    }

    private static void number(
            Worksheet sheet, int row, int column, OptionalDouble value, String format) {
        if (value.isEmpty()) {
            sheet.value(row, column, ABSENT);
            return;
        }
        sheet.value(row, column, value.getAsDouble());
        sheet.style(row, column).format(format).set();
    }

    private static String plain(Cell cell) {
        return switch (cell) {
            case Cell.Text(var text) -> harmless(text);
            case Cell.Count(var count) -> Long.toString(count);
            case Cell.Share(var share) -> shown(share, 100, "%.1f%%");
            case Cell.Number(var number) -> shown(number, 1, "%.1f");
            case Cell.Nothing() -> "";
        };
    }

    private static String shown(OptionalDouble value, int times, String format) {
        return value.isEmpty()
                ? ABSENT
                : String.format(Locale.ROOT, format, value.getAsDouble() * times);
    }

    /// A spreadsheet runs what begins like this, unless an apostrophe stands before it.
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
