package org.maplebridge.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RelayReportTest {
    private static final RelayReport REPORT =
            new RelayReport(
                    List.of(row("video", 10, 9.5), row("video", 100, 3.25), row("voice", 300, 4)),
                    Map.of("storm_fresh_heard_s", 4.5),
                    List.of("video → 10: 3 receivers got <nothing>"));

    @Test
    void namesTheKeysOtherScriptsRead() {
        assertThat(REPORT.asMap("abc1234"))
                .containsKeys("scenario", "commit", "machine", "metrics", "samples");
        assertThat(REPORT.asMap("abc1234").get("metrics"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("cpu_us_per_packet_video_100", 3.25)
                .containsEntry("cpu_us_per_packet_voice_300", 4.0)
                .containsEntry("storm_fresh_heard_s", 4.5)
                .containsEntry("loss_pct", 0.5)
                .containsKeys(
                        "forward_p50_us",
                        "forward_p99_us",
                        "forward_p999_us",
                        "alloc_bytes_per_packet",
                        "rss_mb");
    }

    @Test
    void drawsThePageWithoutAnythingFromOutside() {
        String page = REPORT.page("abc1234");
        assertThat(page).contains("<svg", "video → 100", "&lt;nothing").doesNotContain("<nothing");
        assertThat(page).doesNotContain("http://", "https://", "<script");
    }

    @Test
    void writesNumbersAndTextAsJson() {
        assertThat(Json.write(Map.of("a", List.of(1, 2.50, "x\"\n", Double.NaN, true, List.of()))))
                .isEqualTo("{\n  \"a\": [1, 2.5, \"x\\\"\\u000a\", null, true, []]\n}\n");
    }

    @Test
    void readsCountersAndTheirDifferences() {
        var before = ServerFigures.parse("forwarded=10 sender=Netty");
        var after = ServerFigures.parse("forwarded=25 drop.SEND_REFUSED=2 sender=Netty");
        assertThat(after.minus(before).number("forwarded")).isEqualTo(15);
        assertThat(after.minus(before).number("drop.SEND_REFUSED")).isEqualTo(2);
        assertThat(after.minus(before).number("absent")).isZero();
        assertThat(after.minus(before).text("sender")).isEqualTo("Netty");
    }

    private static RelayRow row(String kind, int audience, double micros) {
        return new RelayRow(
                kind,
                audience,
                1_000,
                micros,
                0.5,
                200,
                900,
                2_000,
                12,
                190,
                2,
                1,
                2.5,
                0.25,
                2.4,
                2.1,
                "sendmmsg",
                "OpenSSL");
    }
}
