package org.maplebridge.signaling.sheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.sheet.Sheet.Cause;

/// The first sheet of an XLSX file. It is a packed file: what it unpacks to is counted before
/// anything is made of it.
///
/// @param maxLines of the sheet
record Workbook(int maxLines) {
    /// 5,000 lines of long cells are a few megabytes of XML.
    private static final long MAX_UNPACKED_BYTES = 16 << 20;

    /// Parts of a workbook with a few dozen sheets.
    private static final int MAX_PARTS = 200;

    private static final int MAX_COLUMNS = 50;

    /// No spreadsheet has more than three letters of columns, nor eight digits of rows.
    private static final Pattern NEAR = Pattern.compile("\\$?[A-Z]{1,3}\\$?[0-9]{1,7}");

    private static final XMLInputFactory XML = withoutDocumentTypes();

    static boolean isPacked(byte[] file) {
        return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
    }

    /// What the library makes of a broken file is any exception.
    Sheet read(byte[] file) {
        try {
            return isTooLarge(file) ? new Sheet.Refused(Cause.TOO_LARGE, 0) : lines(file);
        } catch (IOException | RuntimeException e) {
            return new Sheet.Refused(Cause.UNREADABLE, 0);
        }
    }

    /// By the same table of contents and the same parser that read it afterwards, and by what comes
    /// out, not by what the table says.
    private static boolean isTooLarge(byte[] file) throws IOException {
        long left = MAX_UNPACKED_BYTES;
        int parts = 0;
        try (var zip = ZipFile.builder().setByteArray(file).get()) {
            for (var entries = zip.getEntries(); entries.hasMoreElements(); ) {
                try (var content = zip.getInputStream(entries.nextElement())) {
                    var part = content.readNBytes((int) left + 1);
                    left -= part.length;
                    if (++parts > MAX_PARTS || left < 0 || hasFarCell(part)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// The library makes room for all cells before a cell: one in column ZZZZZZ takes a gigabyte.
    private static boolean hasFarCell(byte[] part) {
        try {
            XMLStreamReader xml = XML.createXMLStreamReader(new ByteArrayInputStream(part));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("c")
                        && isFar(xml.getAttributeValue(null, "r"))) {
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            // not XML, or not from here on: then nobody reads any further
            return false;
        }
    }

    private static boolean isFar(@Nullable String cell) {
        return cell != null && !NEAR.matcher(cell).matches();
    }

    private static XMLInputFactory withoutDocumentTypes() {
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private Sheet lines(byte[] file) throws IOException {
        var lines = new ArrayList<List<String>>();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file));
                var rows = workbook.getFirstSheet().openStream()) {
            for (Row row : (Iterable<Row>) rows::iterator) {
                // rows without cells are left out of the file, and count all the same
                int number = row.getRowNum();
                if (number > maxLines) {
                    return new Sheet.Refused(Cause.TOO_MANY_LINES, number);
                }
                if (row.getCellCount() > MAX_COLUMNS) {
                    return new Sheet.Refused(Cause.TOO_LARGE, number);
                }
                while (lines.size() < number - 1) {
                    lines.add(List.of());
                }
                var line = new ArrayList<String>();
                for (int column = 0; column < row.getCellCount(); column++) {
                    var cell = row.getOptionalCell(column);
                    if (cell.filter(Workbook::isFormula).isPresent()) {
                        return new Sheet.Refused(Cause.FORMULA_CELL, number);
                    }
                    line.add(cell.map(Cell::getText).orElse(""));
                }
                lines.add(line);
            }
        }
        return new Sheet.Lines(lines);
    }

    private static boolean isFormula(Cell cell) {
        return cell.getType() == CellType.FORMULA;
    }
}
