package org.maplebridge.signaling.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;

/// Writes the web client's message types from the records, so that the two cannot drift apart.
final class TypeScriptTypes {
    private final Map<String, String> declarations = new LinkedHashMap<>();
    private final List<Class<?>> pending = new ArrayList<>();

    static String all() {
        var types = new TypeScriptTypes();
        var client = types.family("ClientMessage", ClientMessage.class, "  id?: string\n");
        var server = types.family("ServerMessage", ServerMessage.class, "  seq: number\n");
        types.declarePending();
        return """
        // Written by the server's tests from its message records (docs/protocol.md). Do not edit:
        // mvn -pl signaling -am test -Dtest=ProtocolDocumentTest -Dgolden.update

        export const SUBPROTOCOL = 'maplebridge.v1'

        """
                + refusals()
                + closeCodes()
                + String.join("\n", types.declarations.values())
                + "\n"
                + client
                + "\n"
                + server;
    }

    private String family(String name, Class<?> family, String envelope) {
        var members = new ArrayList<String>();
        WireMessages.below(family)
                .forEach((type, record) -> {
                    members.add("  | " + record.getSimpleName());
                    declarations.put(
                            record.getSimpleName(),
                            "export interface %s {\n  type: '%s'\n%s%s}\n"
                                    .formatted(
                                            record.getSimpleName(),
                                            type,
                                            envelope,
                                            fields(record)));
                });
        return "export type %s =\n%s\n".formatted(name, String.join("\n", members));
    }

    private void declarePending() {
        while (!pending.isEmpty()) {
            var type = pending.removeFirst();
            var name = type.getSimpleName();
            var declaration =
                    type.isEnum()
                            ? "export type %s = %s\n".formatted(name, words(type))
                            : "export interface %s {\n%s}\n".formatted(name, fields(type));
            var before = declarations.put(name, declaration);
            if (before != null && !before.equals(declaration)) {
                throw new IllegalStateException("two wire types are called " + name);
            }
        }
    }

    private String fields(Class<?> record) {
        var lines = new StringBuilder();
        for (var component : record.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            lines.append(
                    "  %s%s: %s\n"
                            .formatted(component.getName(), optional ? "?" : "", of(component)));
        }
        return lines.toString();
    }

    private String of(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType type) {
            return component.getType() == Map.class
                    ? "Record<string, string>"
                    : of((Class<?>) type.getActualTypeArguments()[0]) + "[]";
        }
        return of(component.getType());
    }

    private String of(Class<?> type) {
        if (type == String.class || type == Instant.class) {
            return "string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "number";
        }
        if (!pending.contains(type) && !declarations.containsKey(type.getSimpleName())) {
            pending.add(type);
        }
        return type.getSimpleName();
    }

    private static String words(Class<?> type) {
        return StreamSupport.stream(List.of(type.getEnumConstants()).spliterator(), false)
                .map(constant -> "'" + WireWords.of((Enum<?>) constant) + "'")
                .collect(Collectors.joining(" | "));
    }

    private static String refusals() {
        var text = new StringBuilder("/** The relay's own `sdp-…` codes come beside these. */\n");
        text.append("export type RefusalCode =\n");
        for (var code : RefusalCode.values()) {
            text.append("  | '%s'\n".formatted(code.wire()));
        }
        return text.append('\n').toString();
    }

    private static String closeCodes() {
        var text = new StringBuilder("export const CLOSE = {\n");
        for (var code : CloseCode.values()) {
            text.append("  %s: %d,\n".formatted(code.name(), code.code()));
        }
        return text.append("} as const\n\n").toString();
    }
}
