package org.maplebridge.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.intake.OwnershipSheet.Cause;
import org.maplebridge.dispatch.intake.OwnershipSheet.Reading;
import org.maplebridge.dispatch.model.NodeId;

class OwnershipListTest {
    private static final List<String> HEAD = List.of("责任单位", "编号", "事项", "Kind", "备注", "node");

    @Test
    void theLineThatSpeaksOfTheMatterIsQuoted() {
        var list =
                new OwnershipList(
                        3,
                        List.of(
                                item("2-1", "渣土车、工程车抛洒滴漏", "泥印 渣土 挖掘机", "traffic", "交通执法队"),
                                item("3-4", "建筑施工噪声扰民", "夜间施工", "noise", "综合行政执法局"),
                                item("5-2", "窨井盖缺失、破损", "井盖 下水道", "manhole", "住建局")));

        assertThat(list.suggest("村口夜间施工太吵", "", 3))
                .extracting(OwnershipItem::item)
                .containsExactly("3-4");
        assertThat(list.suggest("挖掘机的泥印弄脏院子", "", 3))
                .extracting(OwnershipItem::owner)
                .containsExactly("交通执法队");
        assertThat(list.suggest("井盖没有了", "manhole", 3))
                .extracting(OwnershipItem::item)
                .containsExactly("5-2");
        assertThat(list.suggest("路灯不亮", "", 3)).isEmpty();
        assertThat(list.suggest("", "noise", 3)).isEmpty();
        assertThat(OwnershipList.NONE.suggest("夜间施工", "noise", 3)).isEmpty();
    }

    @Test
    void whatAnotherListWouldChangeIsSaidByTheNumbersOfLines() {
        var same = item("1", "噪声", "夜间", "noise", "执法局");
        var gone = item("2", "井盖", "", "manhole", "住建局");
        var list = new OwnershipList(1, List.of(same, gone, item("3", "渣土", "", "", "甲")));
        var other = item("3", "渣土", "", "", "乙");
        var fresh = item("4", "路灯", "", "", "丙");

        assertThat(list.to(List.of(fresh, same, other)))
                .isEqualTo(
                        new OwnershipList.Difference(
                                List.of(fresh), List.of(other), List.of(gone)));
    }

    @Test
    void aSheetIsReadByTheNamesOfItsColumns() {
        var reading = read(List.of("交通局", " 1 ", "抛洒", "traffic", "=nobody reads it", "xinhe"));
        assertThat(reading)
                .isEqualTo(
                        new Reading.Good(
                                List.of(
                                        new OwnershipItem(
                                                "1",
                                                "抛洒",
                                                "",
                                                "traffic",
                                                "交通局",
                                                new NodeId("xinhe")))));
    }

    @Test
    void theFirstThingThatIsWrongIsNamedWithItsLine() {
        assertBad(Cause.CELL_MISSING, "", "1", "t");
        assertBad(Cause.FORMULA_CELL, "o", "1", "=HYPERLINK(\"http://x\")");
        assertBad(Cause.FORMULA_CELL, "@SUM(A1)", "1", "t");
        assertBad(Cause.CELL_TOO_LARGE, "o", "1", "x".repeat(1_001));
        assertBad(Cause.MALFORMED_CELL, "o", "1", "bell \u0007");
        assertBad(Cause.MALFORMED_CELL, "o", "1", "t", "no id");
        assertBad(Cause.UNKNOWN_NODE, "o", "1", "t", "", "", "atlantis");
        assertThat(read(List.of("o", "1", "t"), List.of("o", "1", "u")))
                .isEqualTo(new Reading.Bad(Cause.ITEM_TWICE, 3));
        assertThat(OwnershipSheet.read(List.of(HEAD), node -> true))
                .isEqualTo(new Reading.Bad(Cause.NO_LINES, 1));
        assertThat(OwnershipSheet.read(List.of(List.of("a"), List.of("b")), node -> true))
                .isEqualTo(new Reading.Bad(Cause.COLUMN_MISSING, 1));
        var many = new ArrayList<List<String>>(List.of(HEAD));
        for (int i = 0; i <= OwnershipList.MAX_ITEMS; i++) {
            many.add(List.of("o", "n" + i, "t"));
        }
        assertThat(OwnershipSheet.read(many, node -> true))
                .isEqualTo(new Reading.Bad(Cause.TOO_MANY_LINES, OwnershipList.MAX_ITEMS + 2));
    }

    private static void assertBad(Cause cause, String... cells) {
        assertThat(read(List.of(), List.of(cells))).isEqualTo(new Reading.Bad(cause, 3));
    }

    @SafeVarargs
    private static Reading read(List<String>... lines) {
        var all = new ArrayList<List<String>>(List.of(HEAD));
        all.addAll(List.of(lines));
        return OwnershipSheet.read(all, node -> node.value().equals("xinhe"));
    }

    private static OwnershipItem item(
            String item, String text, String keywords, String kind, String owner) {
        return new OwnershipItem(item, text, keywords, kind, owner, null);
    }
}
