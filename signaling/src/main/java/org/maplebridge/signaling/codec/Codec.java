package org.maplebridge.signaling.codec;

import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Text frames to message records and back. Whatever comes in, the answer is a record: nothing here
/// throws on a peer's account.
///
/// Thread: any, immutable.
public final class Codec {
    /// docs/protocol.md: one frame.
    public static final int MAX_FRAME_CHARS = 128 * 1024;

    private static final int MAX_ID_CHARS = 64;
    private static final int MAX_DEPTH = 8;
    private static final Map<String, Class<?>> FROM_CLIENT =
            WireMessages.below(ClientMessage.class);
    private static final Map<String, Class<?>> FROM_SERVER =
            WireMessages.below(ServerMessage.class);

    private final JsonMapper strict = mapper(MAX_FRAME_CHARS, MAX_DEPTH);

    /// What a server says is not bounded by what a client may.
    private final JsonMapper roomy = mapper(64 * 1024 * 1024, 32);

    public Decoded decode(String text) {
        if (text.length() > MAX_FRAME_CHARS) {
            return new Decoded.Unreadable(null, Refusal.tooLarge("frame", MAX_FRAME_CHARS));
        }
        JsonNode object;
        try {
            object = strict.readTree(text);
        } catch (StreamConstraintsException _) {
            return malformed("The frame is nested too deeply or holds too long a name or number.");
        } catch (JacksonException _) {
            return malformed("The frame is not a JSON object, or a key stands in it twice.");
        }
        if (object == null || !object.isObject()) {
            return malformed("The frame is not a JSON object.");
        }
        return decode(object);
    }

    public String encode(long seq, ServerMessage message) {
        return write((Record) message, null, seq);
    }

    /// For simulated clients.
    public String encode(ClientFrame frame) {
        return write((Record) frame.message(), frame.id(), -1);
    }

    /// For simulated clients. Fails on what this server would never say.
    public ServerFrame decodeServer(String text) {
        try {
            JsonNode object = roomy.readTree(text);
            @Nullable Class<?> type = FROM_SERVER.get(object.path("type").asString(""));
            if (type == null) {
                throw new IllegalArgumentException("not a server message: " + text);
            }
            var message = (ServerMessage) RecordReader.read(object, type);
            return new ServerFrame(object.path("seq").asLong(), message);
        } catch (RecordReader.Fault e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + text, e);
        }
    }

    private static Decoded decode(JsonNode object) {
        @Nullable String id = null;
        try {
            id = id(object);
            @Nullable JsonNode type = object.get("type");
            if (type == null || !type.isString()) {
                return new Decoded.Unreadable(
                        id,
                        Refusal.field(
                                RefusalCode.MALFORMED, "type", "type is missing or no text."));
            }
            @Nullable Class<?> record = FROM_CLIENT.get(type.stringValue());
            if (record == null) {
                return new Decoded.Unreadable(
                        id,
                        Refusal.field(
                                RefusalCode.UNKNOWN_TYPE, "type", "There is no such message."));
            }
            var message = (ClientMessage) RecordReader.read(object, record);
            return new Decoded.Frame(new ClientFrame(id, message));
        } catch (RecordReader.Fault e) {
            return new Decoded.Unreadable(id, e.refusal());
        }
    }

    private static @Nullable String id(JsonNode object) throws RecordReader.Fault {
        @Nullable JsonNode id = object.get("id");
        if (id == null || id.isNull()) {
            return null;
        }
        if (!id.isString() || id.stringValue().isEmpty()) {
            throw new RecordReader.Fault(
                    Refusal.field(RefusalCode.MALFORMED, "id", "id must be a text."));
        }
        if (id.stringValue().length() > MAX_ID_CHARS) {
            throw new RecordReader.Fault(Refusal.tooLarge("id", MAX_ID_CHARS));
        }
        return id.stringValue();
    }

    private String write(Record message, @Nullable String id, long seq) {
        var text = new StringWriter(256);
        try (var json = roomy.createGenerator(text)) {
            json.writeStartObject();
            json.writeName("type");
            json.writeString(WireMessages.typeOf(message.getClass()));
            if (seq >= 0) {
                json.writeName("seq");
                json.writeNumber(seq);
            }
            if (id != null) {
                json.writeName("id");
                json.writeString(id);
            }
            RecordWriter.fields(json, message);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static Decoded malformed(String detail) {
        return new Decoded.Unreadable(null, Refusal.of(RefusalCode.MALFORMED, detail));
    }

    private static JsonMapper mapper(long chars, int depth) {
        var constraints =
                StreamReadConstraints.builder()
                        .maxDocumentLength(chars)
                        .maxStringLength((int) chars)
                        .maxNestingDepth(depth)
                        .maxNameLength(64)
                        .maxNumberLength(32)
                        .build();
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(constraints)
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .build();
    }
}
