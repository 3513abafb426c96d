package org.maplebridge.signaling.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.sheet.SheetWriter.Cell;

class SheetWriterTest {
    private static final List<List<Cell>> TABLE =
            List.of(
                    List.of(text("名称"), text("办结率"), text("件"), text("星")),
                    List.of(
                            text("=HYPERLINK(\"http://x\",\"y\")"),
                            new Cell.Share(OptionalDouble.of(0.9862)),
                            new Cell.Count(31),
                            new Cell.Number(OptionalDouble.empty())),
                    List.of(text("+1"), new Cell.Share(OptionalDouble.empty())),
                    List.of(text("@sum, \"q\""), new Cell.Nothing(), text("-2"), text("\t=1")));

    @Test
    void whatLooksLikeAFormulaIsTextInCsv() {
        var csv = new String(SheetWriter.csv(TABLE), StandardCharsets.UTF_8);
        assertThat(csv)
                .startsWith("\uFEFF名称,办结率,件,星")
                .contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",98.6%,31,–")
                .contains("'+1,–")
                .contains("\"'@sum, \"\"q\"\"\",,'-2,'\t=1");
        assertThat(new SheetReader(9).read(SheetWriter.csv(TABLE))).isInstanceOf(Sheet.Lines.class);
    }

    @Test
    void andInAWorkbook() {
        var read = new SheetReader(9).read(SheetWriter.xlsx("2026-11-29", TABLE));
        var lines = ((Sheet.Lines) read).lines();
        assertThat(lines.get(1).getFirst()).isEqualTo("=HYPERLINK(\"http://x\",\"y\")");
        assertThat(Double.parseDouble(lines.get(1).get(1))).isEqualTo(0.9862);
        assertThat(lines.get(1).get(2)).isEqualTo("31");
        assertThat(lines.get(1).get(3)).isEqualTo("–");
        assertThat(lines.get(3).get(2)).isEqualTo("-2");
    }

    private static Cell text(String text) {
        return new Cell.Text(text);
    }
}
