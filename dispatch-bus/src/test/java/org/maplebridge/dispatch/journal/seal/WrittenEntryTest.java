package org.maplebridge.dispatch.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.seal.WrittenEntry.About;

class WrittenEntryTest {
    private static final Instant AT = Instant.parse("2026-11-30T03:15:36.120Z");

    @Test
    void theFormIsFixedToTheByte() {
        var entry =
                new WrittenEntry(
                        17,
                        AT,
                        "ORDER_PLACED",
                        "xinhe",
                        null,
                        List.of(new About("UNIT", "car1"), new About("INCIDENT", "i-1")),
                        "text=去 \"集市\"\\n\nunit=car1\n");
        assertThat(entry.canonical())
                .isEqualTo(
                        "{\"actor\":\"xinhe\",\"at\":\"2026-11-30T03:15:36.120000Z\","
                                + "\"detail\":\"text=去 \\\"集市\\\"\\\\n\\nunit=car1\\n\","
                                + "\"kind\":\"ORDER_PLACED\",\"seat\":null,\"sequence\":\"17\","
                                + "\"subjects\":[[\"INCIDENT\",\"i-1\"],[\"UNIT\",\"car1\"]]}");
        assertThat(HexFormat.of().formatHex(entry.leaf())).hasSize(64);
    }

    @Test
    void whatStopsOthersIsWrittenToo() {
        assertThat(detail("a\b\t\f\r\u0001\u001f\u007f").canonical())
                .contains("\"a\\b\\t\\f\\r\\u0001\\u001f\u007f\"");
        assertThat(detail("\ud83d\ude00 \ud83d \ude00").canonical())
                .contains("\"\ud83d\ude00 \\ud83d \\ude00\"");
        assertThat(new WrittenEntry(1, Instant.MAX, "?", null, null, List.of(), "").canonical())
                .contains("+1000000000-12-31");
    }

    /// No two entries that differ have the same form, wherever the borders between columns are.
    @Test
    void nothingThatDiffersLooksTheSame() {
        var entries =
                List.of(
                        detail(""),
                        detail("x"),
                        detail("x\n"),
                        detail("\",\"kind\":\"B\""),
                        new WrittenEntry(2, AT, "A", null, null, List.of(), ""),
                        new WrittenEntry(1, AT.plusNanos(1_000), "A", null, null, List.of(), ""),
                        new WrittenEntry(1, AT, "B", null, null, List.of(), ""),
                        new WrittenEntry(1, AT, "A", "", null, List.of(), ""),
                        new WrittenEntry(1, AT, "A", "null", null, List.of(), ""),
                        new WrittenEntry(1, AT, "A", null, "", List.of(), ""),
                        about(new About("A", "B")),
                        about(new About("AB", "")),
                        about(new About("A", "B"), new About("A", "B")),
                        about(new About("A", "B\"],[\"A"), new About("A", "B")));
        var forms = new HashSet<String>();
        entries.forEach(entry -> forms.add(entry.canonical()));
        assertThat(forms).hasSize(entries.size());
    }

    private static WrittenEntry detail(String detail) {
        return new WrittenEntry(1, AT, "A", null, null, List.of(), detail);
    }

    private static WrittenEntry about(About... subjects) {
        return new WrittenEntry(1, AT, "A", null, null, List.of(subjects), "");
    }
}
