package org.maplebridge.signaling.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.codec.WireShape.Field;
import org.maplebridge.signaling.protocol.Limit;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import tools.jackson.databind.JsonNode;

/// Fills a record from a JSON object without guessing: no coercion, limits checked, every fault
/// named by its field. Fields the record does not have are ignored.
final class RecordReader {
    /// Texts inside lists are ids.
    private static final int LIST_TEXT_CHARS = 64;

    /// Thrown inside the codec only; [Codec] turns it into an answer.
    static final class Fault extends Exception {
        private final transient Refusal refusal;

        Fault(Refusal refusal) {
            super(refusal.detail(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    private RecordReader() {}

    static Object read(JsonNode object, Class<?> type) throws Fault {
        var shape = WireShape.of(type);
        var values = new @Nullable Object[shape.fields().size()];
        for (int i = 0; i < values.length; i++) {
            var field = shape.fields().get(i);
            @Nullable JsonNode node = object.get(field.name());
            if (node != null && !node.isNull()) {
                values[i] = value(node, field);
            } else if (!field.optional()) {
                throw malformed(field.name(), "is missing");
            }
        }
        return shape.construct(values);
    }

    private static Object value(JsonNode node, Field field) throws Fault {
        if (field.type() == List.class) {
            return list(node, field);
        }
        return single(node, field.type(), field.name(), field.limit());
    }

    private static Object list(JsonNode node, Field field) throws Fault {
        if (!node.isArray()) {
            throw malformed(field.name(), "must be a list");
        }
        requireRange(field.name(), node.size(), field.limit());
        var entries = new ArrayList<Object>(node.size());
        for (var entry : node) {
            entries.add(single(entry, field.element(), field.name(), null));
            if (entry.isString() && entry.stringValue().length() > LIST_TEXT_CHARS) {
                throw new Fault(Refusal.tooLarge(field.name(), LIST_TEXT_CHARS));
            }
        }
        return List.copyOf(entries);
    }

    private static Object single(JsonNode node, Class<?> type, String name, @Nullable Limit limit)
            throws Fault {
        if (type == String.class) {
            return text(node, name, limit);
        } else if (type == boolean.class || type == Boolean.class) {
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            throw malformed(name, "must be true or false");
        } else if (type == Instant.class) {
            return instant(node, name);
        } else if (type.isEnum()) {
            return word(node, type, name);
        } else if (type == Map.class) {
            return texts(node, name);
        } else if (type.isRecord()) {
            if (node.isObject()) {
                return read(node, type);
            }
            throw malformed(name, "must be an object");
        }
        return number(node, type, name, limit);
    }

    private static String text(JsonNode node, String name, @Nullable Limit limit) throws Fault {
        if (!node.isString()) {
            throw malformed(name, "must be a text");
        }
        var text = node.stringValue();
        requireRange(name, text.length(), limit);
        if (text.indexOf('\0') >= 0) {
            throw malformed(name, "holds a NUL character");
        }
        return text;
    }

    private static Object number(JsonNode node, Class<?> type, String name, @Nullable Limit limit)
            throws Fault {
        boolean whole = type != double.class && type != Double.class;
        if (!node.isNumber() || (whole && !(node.isIntegralNumber() && node.canConvertToLong()))) {
            throw malformed(name, whole ? "must be a whole number" : "must be a number");
        }
        if (!whole) {
            double value = node.doubleValue();
            if (limit != null && !(value >= limit.min() && value <= limit.max())) {
                throw new Fault(Refusal.tooLarge(name, limit.max()));
            }
            return value;
        }
        long value = node.longValue();
        requireRange(name, value, limit);
        if (type == long.class || type == Long.class) {
            return value;
        }
        if (value != (int) value) {
            throw malformed(name, "must be a whole number");
        }
        return (int) value;
    }

    private static Instant instant(JsonNode node, String name) throws Fault {
        try {
            return OffsetDateTime.parse(text(node, name, null)).toInstant();
        } catch (DateTimeException _) {
            throw malformed(name, "must be an RFC 3339 time");
        }
    }

    private static Object word(JsonNode node, Class<?> type, String name) throws Fault {
        @Nullable Object constant =
                node.isString() ? WireWords.constant(type, node.stringValue()) : null;
        if (constant == null) {
            throw malformed(name, "must be one of " + WireWords.all(type));
        }
        return constant;
    }

    private static Map<String, String> texts(JsonNode node, String name) throws Fault {
        var texts = new HashMap<String, String>();
        for (var entry : node.properties()) {
            texts.put(entry.getKey(), text(entry.getValue(), name, null));
        }
        return texts;
    }

    private static void requireRange(String name, long value, @Nullable Limit limit) throws Fault {
        if (limit == null) {
            return;
        }
        if (value > limit.max()) {
            throw new Fault(Refusal.tooLarge(name, limit.max()));
        }
        if (value < limit.min()) {
            throw malformed(name, "is below " + limit.min());
        }
    }

    private static Fault malformed(String field, String what) {
        return new Fault(
                Refusal.field(RefusalCode.MALFORMED, field, "%s %s.".formatted(field, what)));
    }
}
