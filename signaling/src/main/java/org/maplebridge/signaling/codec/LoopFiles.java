package org.maplebridge.signaling.codec;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Loop;
import org.maplebridge.dispatch.incident.Loops;
import org.maplebridge.dispatch.incident.TimeLimit;
import org.maplebridge.dispatch.incident.WorkingCalendar;
import org.maplebridge.dispatch.model.Name;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The loops that ship with the program and the days on which their clocks run, out of the JSON
/// files beside this class. A mistake in one of them ends the start, in words that name the file.
public final class LoopFiles {
    /// The first is the usual one.
    private static final List<String> LOOPS =
            List.of("seven-steps.json", "four-steps.json", "five-links.json");

    private static final String CALENDAR = "calendar.json";
    private static final JsonMapper JSON = new JsonMapper();

    private LoopFiles() {}

    public static Loops read() {
        return new Loops(LOOPS.stream().map(LoopFiles::loop).toList(), calendar());
    }

    private static Loop loop(String file) {
        return parsed(file, LoopFiles::loop);
    }

    private static WorkingCalendar calendar() {
        return parsed(CALENDAR, LoopFiles::calendar);
    }

    private interface Reading<T> {
        T read(JsonNode json);
    }

    private static <T> T parsed(String file, Reading<T> reading) {
        try (@Nullable InputStream text = LoopFiles.class.getResourceAsStream("incident/" + file)) {
            if (text == null) {
                throw new IllegalStateException(file + " is not there");
            }
            return reading.read(JSON.readTree(text));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalStateException(file + " has a day that is none", e);
        }
    }

    static Loop loop(JsonNode json) {
        var steps = new ArrayList<Loop.Step>();
        json.required("steps").forEach(step -> steps.add(step(step)));
        var kinds = new ArrayList<String>();
        json.required("kinds").forEach(kind -> kinds.add(kind.asString()));
        var posts = new ArrayList<Loop.Post>();
        json.required("mustAttend").forEach(post -> posts.add(post(post)));
        @Nullable JsonNode village = json.get("village");
        @Nullable JsonNode callback = json.get("callback");
        return new Loop(
                json.required("id").asString(),
                name(json),
                steps,
                kinds,
                posts,
                village == null ? null : post(village),
                json.path("jointSession").asBoolean(false),
                callback == null
                        ? null
                        : new Loop.CallbackRule(
                                callback.required("noAnswers").asInt(),
                                callback.required("minutesApart").asInt(),
                                false));
    }

    private static Loop.Step step(JsonNode json) {
        Set<Loop.Evidence> evidence = EnumSet.noneOf(Loop.Evidence.class);
        json.path("evidence").forEach(word -> evidence.add(Loop.Evidence.valueOf(word.asString())));
        return new Loop.Step(
                json.required("id").asString(),
                name(json),
                Incident.State.valueOf(json.required("state").asString()),
                Loop.Owner.valueOf(json.required("owner").asString()),
                limit(json.get("limit")),
                limit(json.get("escalation")),
                evidence);
    }

    private static @Nullable TimeLimit limit(@Nullable JsonNode json) {
        return json == null
                ? null
                : new TimeLimit(json.path("minutes").asInt(0), json.path("workingDays").asInt(0));
    }

    private static Loop.Post post(JsonNode json) {
        return new Loop.Post(json.required("id").asString(), name(json));
    }

    private static Name name(JsonNode json) {
        var name = json.required("name");
        return new Name(name.required("zh").asString(), name.required("en").asString());
    }

    private static WorkingCalendar calendar(JsonNode json) {
        Set<LocalDate> off = new HashSet<>();
        for (JsonNode span : json.required("off")) {
            String[] ends = span.asString().split("/", 2);
            LocalDate.parse(ends[0])
                    .datesUntil(LocalDate.parse(ends[ends.length - 1]).plusDays(1))
                    .forEach(off::add);
        }
        Set<LocalDate> worked = new HashSet<>();
        json.required("worked").forEach(day -> worked.add(LocalDate.parse(day.asString())));
        return new WorkingCalendar(ZoneId.of(json.required("zone").asString()), off, worked);
    }
}
