package org.maplebridge.signaling.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.TrackPiece;

class TimelinePageTest {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");
    private final TimelinePage page = new TimelinePage(ZoneId.of("Asia/Shanghai"));

    @Test
    void whatSomebodyWroteRunsNothing() {
        var rows =
                List.of(
                        new TimelinePage.Row(
                                NOON,
                                "<b>\"x\"",
                                "<script>alert(1)</script>",
                                new TimelinePage.Media(
                                        TimelinePage.Media.Kind.PICTURE, "a\" onerror=\"x")));
        var html = page.html(new TimelinePage.Head("<i>", "&", "zh-CN"), rows, List.of());
        assertThat(html)
                .doesNotContain("<script", "<b>", "<i>", "a\" onerror")
                .contains("2026-11-29 12:00:00", "&lt;script&gt;", "时间");
    }

    @Test
    void waysAreDrawnWithinTheSheet() {
        var way =
                TrackPiece.of(
                        new UnitId("car1"),
                        List.of(
                                new TrackPiece.Point(NOON, new GeoPoint(28.37, 121.37)),
                                new TrackPiece.Point(
                                        NOON.plusSeconds(1), new GeoPoint(28.38, 121.39))));
        var html = page.html(new TimelinePage.Head("t", "s", "en"), List.of(), List.of(way));
        assertThat(html).contains("<svg", "points=\"20.0,", "car1", "Time line");
        var still = page.html(new TimelinePage.Head("t", "s", "en"), List.of(), List.of(way, way));
        assertThat(still).doesNotContain("NaN", "Infinity");
    }
}
