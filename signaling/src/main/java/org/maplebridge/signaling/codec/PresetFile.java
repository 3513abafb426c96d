package org.maplebridge.signaling.codec;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A county's presets of consultations as JSON: each with an id, a name in both languages, who sits
/// there by town, and when it comes again, if it does.
public final class PresetFile {
    /// @param every when it comes again by itself
    public record Entry(Preset preset, Optional<Recurrence> every) {}

    private static final JsonMapper JSON = new JsonMapper();

    private PresetFile() {}

    /// @throws IllegalArgumentException with a sentence for who wrote the file
    public static List<Entry> read(byte[] text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isArray()) {
            throw new IllegalArgumentException("is no list of presets");
        }
        var presets = new ArrayList<Entry>();
        for (var one : json) {
            var id = id(one.path("id"), "preset " + (presets.size() + 1));
            var name = new Name(text(one, "zh", id), text(one, "en", id));
            if (!one.path("towns").isObject() || one.path("towns").isEmpty()) {
                throw new IllegalArgumentException(id + " has no towns");
            }
            Optional<Recurrence> every =
                    one.has("every") ? Optional.of(every(one.path("every"), id)) : Optional.empty();
            for (var town : one.path("towns").properties()) {
                var preset = preset(id, name, town.getKey(), town.getValue());
                presets.add(new Entry(preset, every));
            }
        }
        return List.copyOf(presets);
    }

    private static Preset preset(String id, Name name, String town, JsonNode accounts) {
        if (!Ids.isValid(town)) {
            throw new IllegalArgumentException(id + " has a town without an id");
        }
        var members = new ArrayList<UserId>();
        for (var account : accounts) {
            members.add(new UserId(id(account, "a member of " + id + " of " + town)));
        }
        return new Preset(id, name, new NodeId(town), members);
    }

    private static Recurrence every(JsonNode json, String id) {
        try {
            return new Recurrence(
                    Period.valueOf(json.path("period").asString("").toUpperCase(Locale.ROOT)),
                    json.path("on").asInt(0),
                    LocalTime.parse(json.path("at").asString("")));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    id + " does not say when it comes again: " + e.getMessage(), e);
        }
    }

    private static String id(JsonNode json, String what) {
        var id = json.asString("");
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException(what + " has no id");
        }
        return id;
    }

    private static String text(JsonNode json, String field, String id) {
        var text = json.path(field).asString("").strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(id + " has no name (" + field + ")");
        }
        return text;
    }
}
