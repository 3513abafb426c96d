package org.maplebridge.signaling.codec;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes a record's fields into an open JSON object; absent fields are left out.
final class RecordWriter {
    /// RFC 3339, UTC, always three digits of milliseconds.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private RecordWriter() {}

    static String time(Instant time) {
        return TIME.format(time.truncatedTo(ChronoUnit.MILLIS));
    }

    static void fields(JsonGenerator json, Object owner) {
        for (var field : WireShape.of(owner.getClass()).fields()) {
            @Nullable Object value = WireShape.get(field, owner);
            if (value != null) {
                json.writeName(field.name());
                value(json, value);
            }
        }
    }

    private static void value(JsonGenerator json, Object value) {
        switch (value) {
            case String text -> json.writeString(text);
            case Boolean bool -> json.writeBoolean(bool);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Instant time -> json.writeString(time(time));
            case Enum<?> word -> json.writeString(WireWords.of(word));
            case List<?> entries -> list(json, entries);
            case Map<?, ?> texts -> map(json, texts);
            case Record object -> {
                json.writeStartObject();
                fields(json, object);
                json.writeEndObject();
            }
            default -> throw new IllegalArgumentException(value.getClass() + " on the wire");
        }
    }

    private static void list(JsonGenerator json, List<?> entries) {
        json.writeStartArray();
        for (Object entry : entries) {
            value(json, entry);
        }
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, Map<?, ?> texts) {
        json.writeStartObject();
        for (var entry : texts.entrySet()) {
            json.writeName(String.valueOf(entry.getKey()));
            value(json, entry.getValue());
        }
        json.writeEndObject();
    }
}
