package org.maplebridge.signaling.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.TrackPiece;

/// An incident on one page that opens without the server: no script, nothing from outside, sounds
/// and pictures beside it in the package.
///
/// Pure.
public final class TimelinePage {
    private static final int WIDE = 900;
    private static final int HIGH = 420;
    private static final int EDGE = 20;

    /// @param media of a file in the package; absent where there is none
    public record Row(Instant at, String who, String what, @Nullable Media media) {}

    /// @param name as the package calls the file
    public record Media(Kind kind, String name) {
        public enum Kind {
            SOUND,
            PICTURE,
            VIDEO
        }
    }

    public record Head(String title, String subtitle, String locale) {}

    private static final String STYLE =
            "body{font:15px/1.6 system-ui,'PingFang SC','Microsoft YaHei UI','Noto Sans CJK SC',"
                    + "sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#17212b}"
                    + "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid"
                    + " #cdd6df;padding:4px 8px;text-align:left;vertical-align:top}"
                    + "td:first-child{white-space:nowrap}img,video{max-width:22em;max-height:16em;"
                    + "display:block}audio{display:block;height:2em}svg{width:100%;height:auto;"
                    + "background:#f4f7fa}";

    private final ZoneId zone;

    /// @param zone in which times are told
    public TimelinePage(ZoneId zone) {
        this.zone = zone;
    }

    public String html(Head head, List<Row> rows, List<TrackPiece> ways) {
        boolean chinese = head.locale().startsWith("zh");
        var times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        var page = new StringBuilder(rows.size() * 200 + 10_000);
        page.append("<!doctype html><html lang=\"")
                .append(chinese ? "zh-CN" : "en")
                .append("\"><head><meta charset=\"utf-8\"><title>")
                .append(safe(head.title()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(safe(head.title()))
                .append("</h1><p>")
                .append(safe(head.subtitle()))
                .append("</p>");
        if (!ways.isEmpty()) {
            page.append("<h2>").append(chinese ? "轨迹" : "Tracks").append("</h2>");
            draw(page, ways);
        }
        page.append("<h2>").append(chinese ? "经过" : "Time line").append("</h2><table><thead><tr>");
        var columns = chinese ? List.of("时间", "谁", "什么") : List.of("Time", "Who", "What");
        columns.forEach(name -> page.append("<th>").append(name).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        for (Row row : rows) {
            page.append("<tr><td>")
                    .append(times.format(row.at()))
                    .append("</td><td>")
                    .append(safe(row.who()))
                    .append("</td><td>")
                    .append(safe(row.what()));
            show(page, row.media());
            page.append("</td></tr>\n");
        }
        return page.append("</tbody></table></body></html>\n").toString();
    }

    private static void show(StringBuilder page, @Nullable Media media) {
        if (media == null) {
            return;
        }
        String name = safe(media.name());
        switch (media.kind()) {
            case SOUND ->
                    page.append(
                            "<audio controls preload=\"none\" src=\"%s\"></audio>".formatted(name));
            case VIDEO ->
                    page.append(
                            "<video controls preload=\"none\" src=\"%s\"></video>".formatted(name));
            case PICTURE ->
                    page.append("<img loading=\"lazy\" alt=\"\" src=\"%s\">".formatted(name));
        }
    }

    /// All ways on one sheet, each unit with a line of its own.
    private static void draw(StringBuilder page, List<TrackPiece> ways) {
        double south = 90;
        double north = -90;
        double west = 180;
        double east = -180;
        for (TrackPiece piece : ways) {
            for (TrackPiece.Point point : piece.read()) {
                south = Math.min(south, point.place().latitude());
                north = Math.max(north, point.place().latitude());
                west = Math.min(west, point.place().longitude());
                east = Math.max(east, point.place().longitude());
            }
        }
        double narrow = Math.cos(Math.toRadians((south + north) / 2));
        double scale =
                Math.min(
                        (WIDE - 2 * EDGE) / Math.max(1e-5, (east - west) * narrow),
                        (HIGH - 2 * EDGE) / Math.max(1e-5, north - south));
        page.append("<svg viewBox=\"0 0 %d %d\">".formatted(WIDE, HIGH));
        for (TrackPiece piece : ways) {
            page.append("<polyline fill=\"none\" stroke=\"#1f6fd6\" stroke-width=\"2\" points=\"");
            for (TrackPiece.Point point : piece.read()) {
                double x = EDGE + (point.place().longitude() - west) * narrow * scale;
                double y = EDGE + (north - point.place().latitude()) * scale;
                page.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            }
            page.append("\"><title>")
                    .append(safe(piece.unit().value()))
                    .append("</title></polyline>");
        }
        page.append("</svg>\n");
    }

    private static String safe(String text) {
        var safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.append(c < ' ' ? ' ' : c);
            }
        }
        return safe.toString();
    }
}
