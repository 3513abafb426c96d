package org.maplebridge.signaling.intake;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.intake.ReportRules.Fault;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.intake.Statement;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.telemetry.Alarm;

/// An alarm as a report. Nobody can be asked to say it again, so what is wrong with it is left out
/// and the rest is taken.
///
/// Pure.
///
/// @param rules what a report has to obey
public record AlarmReading(ReportRules rules) {
    /// @param code what the alarm's source stands for, if it stands for something
    public Statement statement(Alarm alarm, Optional<ReportCode> code, Instant now) {
        @Nullable GeoPoint sent = alarm.place();
        @Nullable GeoPoint point =
                sent != null && rules.isInside(sent)
                        ? sent
                        : code.map(ReportCode::point).orElse(null);
        var text = orElse(ReportRules.cleaned(alarm.text(), Alarm.MAX_TEXT_CHARS), alarm.kind());
        var about = code.map(known -> known.title().zh()).orElse(alarm.kind());
        var place =
                code.map(ReportCode::place)
                        .orElseGet(() -> sent == null ? alarm.source() : inWords(sent));
        return new Statement(
                alarm.id().value(),
                Report.title(about, text),
                text,
                alarm.kind(),
                place,
                point == null ? null : point.latitude(),
                point == null ? null : point.longitude(),
                Reporter.UNKNOWN,
                isPlausible(alarm.at(), now) ? alarm.at() : now);
    }

    private static boolean isPlausible(Instant at, Instant now) {
        Optional<Fault> fault = ReportRules.time(at, now);
        return fault.isEmpty();
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /// To eleven metres, so that the same sensor is at the same place.
    private static String inWords(GeoPoint point) {
        return String.format(Locale.ROOT, "%.4f, %.4f", point.latitude(), point.longitude());
    }
}
