package org.maplebridge.signaling.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.sheet.Sheet.Cause;

class SheetReaderTest {
    private final SheetReader reader = new SheetReader(100);

    @Test
    void csvIsReadInTheCharactersOfBothWorlds() {
        String text = "编号,事项\r\n1,\"a \"\"b\"\",\nc\"\r\n";
        var lines = new Sheet.Lines(List.of(List.of("编号", "事项"), List.of("1", "a \"b\",\nc")));
        assertThat(reader.read(text.getBytes(UTF_8))).isEqualTo(lines);
        assertThat(reader.read(("\uFEFF" + text).getBytes(UTF_8))).isEqualTo(lines);
        assertThat(reader.read(text.getBytes(Charset.forName("GB18030")))).isEqualTo(lines);
    }

    @Test
    void theFirstSheetOfAWorkbookIsReadWithItsGaps() {
        var file =
                Packed.workbook(
                        Packed.row(1, "编号", "事项")
                                + "<row r=\"3\"><c r=\"A3\"><v>12</v></c><c r=\"C3\" t=\"inlineStr\">"
                                + "<is><t>x</t></is></c></row>");
        assertThat(reader.read(file))
                .isEqualTo(
                        new Sheet.Lines(
                                List.of(List.of("编号", "事项"), List.of(), List.of("12", "", "x"))));
    }

    @Test
    void formulasAreRefusedWithTheirLine() {
        var file =
                Packed.workbook(
                        Packed.row(1, "a")
                                + "<row r=\"2\"><c r=\"A2\"><f>HYPERLINK(\"http://x\")</f><v>1</v></c></row>");
        assertRefused(file, Cause.FORMULA_CELL, 2);
    }

    @Test
    void whatIsNoSheetIsUnreadable() {
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 1}, Cause.UNREADABLE, 0);
        var file = Packed.workbook(Packed.row(1, "a"));
        assertRefused(Arrays.copyOf(file, file.length / 2), Cause.UNREADABLE, 0);
        var empty = new Packed();
        empty.part("readme.txt", "no workbook");
        assertRefused(empty.bytes(), Cause.UNREADABLE, 0);
        assertRefused(Packed.sheet("", "<row r=\"1\"><c></row>"), Cause.UNREADABLE, 0);
    }

    @Test
    void bombsAreNotUnpacked() {
        var bomb = new Packed();
        bomb.frame();
        bomb.zeros("xl/worksheets/sheet1.xml", 64L << 20);
        assertThat(bomb.bytes()).hasSizeLessThan(100_000);
        assertRefused(bomb.bytes(), Cause.TOO_LARGE, 0);

        var crowd = new Packed();
        crowd.frame();
        for (int i = 0; i < 300; i++) {
            crowd.part("xl/media/" + i, "");
        }
        assertRefused(crowd.bytes(), Cause.TOO_LARGE, 0);
    }

    @Test
    void laughsAndEntitiesOfElsewhereComeToNothing() {
        var laughs =
                "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
                        + "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
        for (var entity : List.of("&b;", "&c;")) {
            assertThat(reader.read(Packed.sheet(laughs, Packed.row(1, entity))))
                    .isInstanceOf(Sheet.Refused.class);
        }
    }

    @Test
    void linesAndColumnsHaveAnEnd() {
        assertRefused("a\n".repeat(101).getBytes(UTF_8), Cause.TOO_MANY_LINES, 101);
        assertRefused(Packed.workbook(Packed.row(101, "a")), Cause.TOO_MANY_LINES, 101);
        for (var far : List.of("XFD1", "ZZZZZZ1", "ZZZZZZZZZZZZZ1")) {
            var file = Packed.workbook("<row r=\"1\"><c r=\"" + far + "\"><v>1</v></c></row>");
            assertThat(reader.read(file)).as(far).isInstanceOf(Sheet.Refused.class);
        }
        var line = Packed.workbook("<row r=\"99999999999\"><c r=\"A1\"><v>1</v></c></row>");
        assertThat(reader.read(line)).isInstanceOf(Sheet.Refused.class);
    }

    private void assertRefused(byte[] file, Cause cause, int line) {
        assertThat(reader.read(file)).isEqualTo(new Sheet.Refused(cause, line));
    }
}
