package org.maplebridge.dispatch.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;

/// What was reported once, and which incident it belongs to.
///
/// @param externalId chosen by who sent it: with the source it stands for this report alone
/// @param text may be empty
/// @param kind an id; empty when it is not known
/// @param occurredAt by the word of who sent it
/// @param receipt by which who reported it asks what became of it; whoever has it may ask
/// @param incident the one it opens; the record may find that it belongs to another one
public record Report(
        ReportId id,
        Source source,
        String externalId,
        String title,
        String text,
        String kind,
        Severity severity,
        NodeId node,
        String place,
        @Nullable GeoPoint point,
        Reporter reporter,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable String receipt,
        IncidentId incident) {
    private static final int HEAD_CHARS = 40;

    /// What was found fit by [ReportRules]; it opens the incident as far as is known yet.
    ///
    /// @param receipt see above
    public static Report of(
            Statement statement,
            Source source,
            Severity severity,
            NodeId node,
            ReportId id,
            IncidentId incident,
            @Nullable String receipt,
            Instant now) {
        @Nullable Instant occurredAt = statement.occurredAt();
        return new Report(
                id,
                source,
                statement.externalId(),
                statement.title(),
                statement.text(),
                statement.kind(),
                severity,
                node,
                statement.place(),
                ReportRules.point(statement),
                statement.reporter(),
                occurredAt == null ? now : occurredAt,
                now,
                receipt,
                incident);
    }

    /// What it opens, if it opens one.
    public Dossier.Report opening() {
        var origin =
                new Origin(source, kind.isEmpty() ? null : kind, text, reporter.origin(), null);
        return new Dossier.Report(incident, title, severity, node, place, point, origin, false);
    }

    /// The same report about another incident.
    public Report about(IncidentId other) {
        return new Report(
                id,
                source,
                externalId,
                title,
                text,
                kind,
                severity,
                node,
                place,
                point,
                reporter,
                occurredAt,
                receivedAt,
                receipt,
                other);
    }

    /// Whether somebody says the very same again, and not something else by the same id.
    public boolean saysTheSameAs(Report other) {
        return title.equals(other.title)
                && text.equals(other.text)
                && node.equals(other.node)
                && place.equals(other.place)
                && reporter.equals(other.reporter);
    }

    /// What a citizen's matter is called: what the code is about, and how their words begin.
    public static String title(String about, String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        int end = Math.min(line.length(), HEAD_CHARS);
        if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return about + "：" + line.substring(0, end) + (end < line.length() ? "…" : "");
    }
}
