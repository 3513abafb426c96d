package org.maplebridge.signaling.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.MessageType;

/// The message records below a sealed family, by their `type`.
final class WireMessages {
    private WireMessages() {}

    static Map<String, Class<?>> below(Class<?> family) {
        var byType = new LinkedHashMap<String, Class<?>>();
        collect(family, byType);
        return byType;
    }

    static String typeOf(Class<?> message) {
        @Nullable MessageType type = message.getAnnotation(MessageType.class);
        if (type == null) {
            throw new IllegalArgumentException(message + " has no @MessageType");
        }
        return type.value();
    }

    private static void collect(Class<?> family, Map<String, Class<?>> byType) {
        for (var member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                collect(member, byType);
            } else if (byType.put(typeOf(member), member) != null) {
                throw new IllegalArgumentException("two messages are called " + typeOf(member));
            }
        }
    }
}
