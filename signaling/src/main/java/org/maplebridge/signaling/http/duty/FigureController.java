package org.maplebridge.signaling.http.duty;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.FigureStore;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.sheet.SheetWriter;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Figures of a day, a week or a month. A room is told its own; the centre all, side by side.
@RestController
public class FigureController {
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
    private static final MediaType XLSX =
            MediaType.parseMediaType(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final FigureStore figures;
    private final Rooms rooms;
    private final ZoneId zone;
    private final InstantSource clock;

    public FigureController(
            RecordStores record, LoopWorkflow workflow, Roster roster, InstantSource clock) {
        this.figures = record.figures();
        this.rooms = new Rooms(roster);
        this.zone = workflow.loops().calendar().zone();
        this.clock = clock;
    }

    /// What is asked for, once it is known to be somebody's to ask.
    private record Wanted(Period period, Span span, NodeId node) {}

    /// @param from any day of the period; absent for today
    /// @param node at or below the own one; absent for that
    @GetMapping("/api/figures")
    FigureViews.View figures(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "day") String period,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String node)
            throws RecordUnavailable {
        var wanted = wanted(person, period, from, node);
        var now = clock.instant();
        var views = new FigureViews(rooms.organisation());
        var counted = count(wanted, now);
        return new FigureViews.View(
                period,
                wanted.span().first(),
                wanted.span().after().minusDays(1),
                zone.getId(),
                wanted.node().value(),
                name(wanted.node()),
                now,
                FigureViews.line(counted.total()),
                views.nodes(counted),
                FigureViews.parts(counted.byKind(), kind -> kind),
                FigureViews.parts(counted.bySource(), Words::source),
                FigureViews.parts(counted.bySeverity(), Words::of),
                views.seats(counted));
    }

    @GetMapping("/api/figures/export")
    ResponseEntity<byte[]> export(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "day") String period,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String node,
            @RequestParam(defaultValue = "xlsx") String format)
            throws RecordUnavailable {
        boolean packed = format.equals("xlsx");
        if (!packed && !format.equals("csv")) {
            throw ApiProblem.malformed("format", "is csv or xlsx");
        }
        var wanted = wanted(person, period, from, node);
        var sheet = new FigureSheet(rooms.organisation(), person.user().locale());
        var lines = sheet.lines(count(wanted, clock.instant()));
        var file = "figures-%s-%s-%s".formatted(wanted.node(), period, wanted.span().first());
        return ResponseEntity.ok()
                .contentType(packed ? XLSX : CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file + (packed ? ".xlsx" : ".csv"))
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(
                        packed
                                ? SheetWriter.xlsx(wanted.span().first().toString(), lines)
                                : SheetWriter.csv(lines));
    }

    private Figures count(Wanted wanted, Instant now) throws RecordUnavailable {
        return Figures.of(figures.count(wanted.span(), now, rooms.of(wanted.node())));
    }

    private Name name(NodeId node) {
        return rooms.organisation().node(node).orElseThrow().name();
    }

    private Wanted wanted(
            Caller.Person person, String word, @Nullable String from, @Nullable String node) {
        Rooms.requireRoom(person);
        var period =
                Arrays.stream(Period.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.malformed("period", "is day, week or month"));
        var day = from == null || from.isEmpty() ? today() : day(from);
        return new Wanted(period, period.around(day, zone), rooms.node(person, node));
    }

    private LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    /// Far from any year of which there could be figures, dates are a mistake.
    private static LocalDate day(String text) {
        try {
            var day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw ApiProblem.malformed("from", "is a date like 2026-11-29");
    }
}
