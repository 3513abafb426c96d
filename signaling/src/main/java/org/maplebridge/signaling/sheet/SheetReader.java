package org.maplebridge.signaling.sheet;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maplebridge.signaling.sheet.Sheet.Cause;

/// Reads CSV and XLSX; which of the two it is, the content says. CSV is comma-separated, in UTF-8
/// or in GB 18030, which spreadsheets in China write.
///
/// @param maxLines of a file
public record SheetReader(int maxLines) {
    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public Sheet read(byte[] file) {
        return Workbook.isPacked(file) ? new Workbook(maxLines).read(file) : readCsv(file);
    }

    private Sheet readCsv(byte[] file) {
        Optional<String> text =
                decode(file, StandardCharsets.UTF_8).or(() -> decode(file, CHINESE));
        if (text.isEmpty() || text.get().indexOf('\0') >= 0) {
            return new Sheet.Refused(Cause.UNREADABLE, 0);
        }
        var lines = new ArrayList<List<String>>();
        try (var reader =
                CsvReader.builder()
                        .skipEmptyLines(false)
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .ofCsvRecord(unmarked(text.get()))) {
            for (var record : reader) {
                if (lines.size() == maxLines) {
                    return new Sheet.Refused(Cause.TOO_MANY_LINES, lines.size() + 1);
                }
                lines.add(record.getFields());
            }
            return new Sheet.Lines(lines);
        } catch (CsvParseException | IOException e) {
            return new Sheet.Refused(Cause.UNREADABLE, lines.size() + 1);
        }
    }

    private static Optional<String> decode(byte[] file, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String unmarked(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
