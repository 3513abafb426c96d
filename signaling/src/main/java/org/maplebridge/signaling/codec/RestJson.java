package org.maplebridge.signaling.codec;

import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// Lets REST say enums and times as the WebSocket does.
public final class RestJson {
    private RestJson() {}

    public static JacksonModule module() {
        var module = new SimpleModule("maplebridge");
        module.addSerializer(new Words());
        module.addSerializer(new Times());
        return module;
    }

    private static final class Words extends StdSerializer<Enum<?>> {
        Words() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum<?> word, JsonGenerator json, SerializationContext context) {
            json.writeString(WireWords.of(word));
        }
    }

    private static final class Times extends StdSerializer<Instant> {
        Times() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
            json.writeString(RecordWriter.time(time));
        }
    }
}
