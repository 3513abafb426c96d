package org.maplebridge.signaling.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.letter.LetterTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The letters that ship with the program, out of the JSON file beside this class. A mistake in it
/// ends the start.
public final class LetterFiles {
    private static final String FILE = "letters.json";
    private static final JsonMapper JSON = new JsonMapper();

    private LetterFiles() {}

    public static List<LetterTemplate> read() {
        try (@Nullable InputStream text =
                LetterFiles.class.getResourceAsStream("incident/" + FILE)) {
            if (text == null) {
                throw new IllegalStateException(FILE + " is not there");
            }
            var letters = new ArrayList<LetterTemplate>();
            JSON.readTree(text).forEach(letter -> letters.add(letter(letter)));
            return List.copyOf(letters);
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new IllegalStateException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static LetterTemplate letter(JsonNode json) {
        var paragraphs = new ArrayList<String>();
        json.path("paragraphs").forEach(text -> paragraphs.add(text.asString()));
        var rows = new ArrayList<LetterTemplate.Row>();
        json.path("rows")
                .forEach(row ->
                        rows.add(
                                new LetterTemplate.Row(
                                        row.required("label").asString(),
                                        row.required("value").asString())));
        return new LetterTemplate(
                json.required("id").asString(),
                json.required("name").asString(),
                json.path("slip").asBoolean(false),
                json.required("replyDays").asInt(),
                json.required("heading").asString(),
                paragraphs,
                rows);
    }
}
