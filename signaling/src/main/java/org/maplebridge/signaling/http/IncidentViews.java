package org.maplebridge.signaling.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Gate;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Ledger.Visit;
import org.maplebridge.dispatch.incident.Loop;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Offers;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.http.meeting.MeetingViews;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.scene.Words;

/// Incidents as one reader sees them over REST.
///
/// @param locale BCP 47 tag of the language the reader reads
///
///   Pure.
record IncidentViews(LoopWorkflow workflow, Organisation organisation, String locale, Instant now) {
    /// WGS 84.
    record Point(double latitude, double longitude) {}

    record RoomView(
            String node,
            String name,
            Room.Role role,
            Room.State state,
            Instant offeredAt,
            @Nullable Instant answeredAt) {}

    /// @param point where it is, as far as that is known
    /// @param version to be sent back with a change
    /// @param merged how many other incidents are a part of it, and how many reports were added
    record Line(
            String id,
            String number,
            String title,
            Severity severity,
            String state,
            String node,
            String place,
            @Nullable Point point,
            Instant openedAt,
            @Nullable Instant closedAt,
            long version,
            String source,
            @Nullable String kind,
            String step,
            @Nullable Instant stepDue,
            boolean overdue,
            List<RoomView> rooms,
            int merged) {}

    record Reporter(@Nullable String name, @Nullable String phone) {}

    enum Progress {
        DONE,
        CURRENT,
        AHEAD
    }

    record StepView(
            String id,
            String name,
            Progress state,
            Loop.Owner owner,
            @Nullable Instant enteredAt,
            @Nullable Instant leftAt,
            @Nullable Instant due) {}

    record CallbackView(
            Instant at, String by, String how, @Nullable String text, @Nullable String call) {}

    record ReportView(
            String id, String source, Instant at, String text, String place, boolean merged) {}

    /// A line of the ownership list, quoted.
    record SuggestionView(String item, String text, String owner, @Nullable String node) {}

    record GateView(String action, String code, String text) {}

    /// @param loop id of the loop that it walks
    /// @param suggestion whose matter it is by the ownership list; absent when that is unclear
    /// @param showings whose picture which room is shown
    /// @param session the joint session that goes on, or the last one
    /// @param reports of others that are a part of it, and those that were added to it
    /// @param may what this seat may do now
    /// @param gates what the step would offer and is shut now
    record Details(
            String id,
            String number,
            String title,
            Severity severity,
            String state,
            String node,
            String place,
            @Nullable Point point,
            Instant openedAt,
            @Nullable Instant closedAt,
            long version,
            String source,
            @Nullable String kind,
            String step,
            @Nullable Instant stepDue,
            boolean overdue,
            List<RoomView> rooms,
            int merged,
            String text,
            @Nullable Reporter reporter,
            @Nullable String result,
            String loop,
            List<StepView> steps,
            List<CallbackView> callbacks,
            List<MeetingViews.Attendance> attendance,
            List<MeetingViews.ShowingView> showings,
            MeetingViews.@Nullable SessionView session,
            List<MeetingViews.LetterView> letters,
            @Nullable SuggestionView suggestion,
            List<ReportView> reports,
            List<String> may,
            List<GateView> gates) {}

    Line line(Dossier.Line line) {
        var incident = line.incident();
        return new Line(
                incident.id().value(),
                incident.number(),
                incident.title(),
                Words.severity(incident.severity()),
                Words.of(incident.state()),
                incident.node().value(),
                incident.place(),
                point(incident.point()),
                incident.openedAt(),
                incident.closedAt(),
                incident.version(),
                Words.source(incident.origin().source()),
                incident.origin().kind(),
                incident.standing().step(),
                incident.standing().due(),
                incident.isOverdue(now),
                rooms(line.rooms()),
                line.merged());
    }

    /// What stands beside an incident's own page.
    ///
    /// @param parts that were merged into it
    /// @param reports about it, oldest first
    /// @param showings of its pictures, that are not over
    record Beside(
            List<Incident> parts,
            List<Report> reports,
            List<Showing> showings,
            Optional<OwnershipItem> suggestion) {
        List<Report> added(Origin origin) {
            return reports.subList(reports.size() - origin.added(reports.size()), reports.size());
        }
    }

    /// @param open whether the reader may know who reported it
    Details details(Dossier dossier, Beside beside, Offers offers, boolean open) {
        var incident = dossier.incident();
        var added = beside.added(incident.origin());
        int merged = beside.parts().size() + added.size();
        var line = line(new Dossier.Line(incident, dossier.ledger().rooms(), merged));
        Loop loop = workflow.loops().of(incident);
        var meeting = new MeetingViews(organisation, locale);
        return new Details(
                line.id(),
                line.number(),
                line.title(),
                line.severity(),
                line.state(),
                line.node(),
                line.place(),
                line.point(),
                line.openedAt(),
                line.closedAt(),
                line.version(),
                line.source(),
                line.kind(),
                line.step(),
                line.stepDue(),
                line.overdue(),
                line.rooms(),
                line.merged(),
                incident.origin().text(),
                reporter(incident.origin().reporter(), open),
                incident.standing().result(),
                loop.id(),
                steps(dossier, loop),
                dossier.ledger().contacts().stream().map(this::callback).toList(),
                meeting.attendance(dossier.ledger(), loop),
                beside.showings().stream().map(meeting::showing).toList(),
                meeting.session(dossier.ledger()),
                meeting.letters(dossier.ledger()),
                beside.suggestion().map(IncidentViews::suggestion).orElse(null),
                Stream.concat(
                                beside.parts().stream().map(IncidentViews::report),
                                added.stream().map(IncidentViews::report))
                        .toList(),
                offers.may().stream().map(Words::of).toList(),
                offers.gates().stream().map(IncidentViews::gate).toList());
    }

    String name(UserId user) {
        return organisation
                .user(user)
                .map(User::name)
                .map(name -> name.in(locale))
                .orElse(user.value());
    }

    private static @Nullable Point point(@Nullable GeoPoint point) {
        return point == null ? null : new Point(point.latitude(), point.longitude());
    }

    private List<RoomView> rooms(List<Room> rooms) {
        return rooms.stream()
                .map(room ->
                        new RoomView(
                                room.node().value(),
                                organisation
                                        .node(room.node())
                                        .map(node -> node.name().in(locale))
                                        .orElse(room.node().value()),
                                room.role(),
                                room.state(),
                                room.offeredAt(),
                                room.answeredAt()))
                .toList();
    }

    private List<StepView> steps(Dossier dossier, Loop loop) {
        var incident = dossier.incident();
        int current = loop.steps().indexOf(workflow.step(incident));
        var views = new ArrayList<StepView>();
        for (Loop.Step step : loop.steps()) {
            int index = views.size();
            boolean over = index < current || (index == current && incident.isClosed());
            var progress =
                    over ? Progress.DONE : index == current ? Progress.CURRENT : Progress.AHEAD;
            Optional<Visit> visit =
                    dossier.ledger().visits().reversed().stream()
                            .filter(one -> one.step().equals(step.id()))
                            .findFirst();
            views.add(
                    new StepView(
                            step.id(),
                            step.name().in(locale),
                            progress,
                            step.owner(),
                            visit.map(Visit::enteredAt).orElse(null),
                            visit.map(Visit::leftAt).orElse(null),
                            visit.map(Visit::due).orElse(null)));
        }
        return views;
    }

    private CallbackView callback(Contact contact) {
        return new CallbackView(
                contact.at(),
                name(contact.by()),
                how(contact.how()),
                contact.text(),
                contact.call());
    }

    private static @Nullable Reporter reporter(Origin.@Nullable Reporter reporter, boolean open) {
        if (reporter == null) {
            return null;
        }
        var shown = open ? reporter : reporter.masked();
        return new Reporter(shown.name(), shown.phone());
    }

    private static ReportView report(Incident part) {
        return new ReportView(
                part.id().value(),
                Words.source(part.origin().source()),
                part.openedAt(),
                part.origin().text().isEmpty() ? part.title() : part.origin().text(),
                part.place(),
                true);
    }

    private static ReportView report(Report report) {
        return new ReportView(
                report.id().value(),
                Words.source(report.source()),
                report.receivedAt(),
                report.text().isEmpty() ? report.title() : report.text(),
                report.place(),
                true);
    }

    private static SuggestionView suggestion(OwnershipItem item) {
        @Nullable NodeId node = item.node();
        return new SuggestionView(
                item.item(), item.text(), item.owner(), node == null ? null : node.value());
    }

    private static GateView gate(Offers.Shut shut) {
        Gate gate = shut.gate();
        return new GateView(Words.of(shut.action()), gate.code(), shut.text());
    }

    private static String how(Contact.How how) {
        return how == Contact.How.NO_ANSWER ? "no-answer" : Words.of(how);
    }
}
