package org.maplebridge.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceReportTest {
    private static final Map<String, Double> FIGURES = figures();
    private static final VoiceReport REPORT =
            new VoiceReport(
                    new VoicePlan(true, 1_500, 300),
                    FIGURES,
                    List.of("3 of 300 heard the <broadcast>"));

    @Test
    void namesTheKeysOtherScriptsRead() {
        assertThat(REPORT.asMap("abc1234"))
                .containsKeys("scenario", "commit", "machine", "metrics", "samples")
                .containsEntry("scenario", "voice");
        assertThat(REPORT.asMap("abc1234").get("metrics"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .isEqualTo(FIGURES);
    }

    @Test
    void drawsThePageWithoutAnythingFromOutside() {
        String page = REPORT.page("abc1234");
        assertThat(page).contains("<svg", "one group in ten", "&lt;broadcast", "late_entry_p95_ms");
        assertThat(page).doesNotContain("http://", "https://", "<script", "<broadcast");
        assertThat(REPORT.table()).contains("floor_grant_p99_ms").contains("12.00");
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "1500, 1501", "1500, 99", "-1, -1"})
    void refusesACountyThatCannotBeMeasured(int handhelds, int media) {
        assertThatThrownBy(() -> new VoicePlan(true, handhelds, media))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneGroupInTenIsActive() {
        assertThat(new VoicePlan(true, 1_500, 300).activeGroups()).isEqualTo(15);
        assertThat(new VoicePlan(false, 200, 100).activeGroups()).isEqualTo(2);
    }

    @Test
    void quantilesAreValuesThatWereMeasured() {
        assertThat(VoiceScenario.quantile(List.of(), 0.5)).isZero();
        assertThat(VoiceScenario.quantile(List.of(7L), 0.99)).isEqualTo(7);
        assertThat(VoiceScenario.quantile(List.of(3L, 1L, 2L), 0.5)).isEqualTo(2);
        assertThat(VoiceScenario.quantile(List.of(3L, 1L, 2L), 1)).isEqualTo(3);
    }

    private static Map<String, Double> figures() {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("floor_grant_p50_ms", 3.0);
        figures.put("floor_grant_p99_ms", 12.0);
        figures.put("late_entry_p95_ms", 40.0);
        figures.put("broadcast_loss_pct", 0.0);
        figures.put("idle_terminal_kib", 128.0);
        figures.put("mouth_to_ear_p95_ms", 21.0);
        figures.put("first_word_clipped_ms_max", 0.0);
        return figures;
    }
}
