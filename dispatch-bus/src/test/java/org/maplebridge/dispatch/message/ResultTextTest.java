package org.maplebridge.dispatch.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;

class ResultTextTest {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");

    @Test
    void itSaysWhatWhichAndWhereToRateIt() {
        assertThat(text("已清洗路面", "r-1"))
                .isEqualTo(
                        "【社会治理中心】您反映的事项（2026-000031）已办结。办理结果：已清洗路面。"
                                + "请您评价：https://bridge.example/report/r/r-1");
    }

    @Test
    void whoHasNoReceiptIsAskedNothing() {
        assertThat(text("双方和解。", null)).endsWith("办理结果：双方和解。").doesNotContain("http");
    }

    @Test
    void aLongResultIsShortenedBetweenSigns() {
        var long1 = "😀".repeat(300) + "\n\n";
        var sent = text(long1, "r");
        assertThat(sent).contains("😀".repeat(199) + "…请您评价").doesNotContain("\n");
        assertThat(text(" 一\n 二 ", null)).endsWith("一 二。");
    }

    @Test
    void pausesGrowUpToAnHour() {
        assertThat(ResultText.pauseSeconds(1)).isEqualTo(30);
        assertThat(ResultText.pauseSeconds(2)).isEqualTo(60);
        assertThat(ResultText.pauseSeconds(9)).isEqualTo(3_600);
        assertThat(ResultText.pauseSeconds(1_000)).isEqualTo(3_600);
    }

    @Test
    void aNumberDoesNotComeIntoALog() {
        assertThat(message("x", null).toString()).doesNotContain("13800001234");
    }

    private static String text(String result, @Nullable String receipt) {
        return ResultText.of(message(result, receipt), "社会治理中心", "https://bridge.example");
    }

    private static OutgoingMessage message(String result, @Nullable String receipt) {
        return new OutgoingMessage(
                "m",
                new IncidentId("i"),
                new NodeId("xinhe"),
                "2026-000031",
                "13800001234",
                result,
                receipt,
                NOON,
                OutgoingMessage.State.WAITING,
                0,
                NOON,
                null,
                null,
                null);
    }
}
