package org.maplebridge.dispatch.jdbc;

import java.util.Map;
import java.util.TreeMap;

/// A map of words in one column: a line `name=value` for each, readable by people too.
final class DetailText {
    private DetailText() {}

    static String write(Map<String, String> detail) {
        var text = new StringBuilder();
        new TreeMap<>(detail)
                .forEach((name, value) -> {
                    escape(text, name);
                    text.append('=');
                    escape(text, value);
                    text.append('\n');
                });
        return text.toString();
    }

    static Map<String, String> read(String text) {
        var detail = new TreeMap<String, String>();
        var word = new StringBuilder();
        var name = "";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> word.append(unescaped(text.charAt(++i)));
                case '=' -> {
                    name = word.toString();
                    word.setLength(0);
                }
                case '\n' -> {
                    detail.put(name, word.toString());
                    word.setLength(0);
                }
                default -> word.append(c);
            }
        }
        return detail;
    }

    /// PostgreSQL stores no NUL; it means nothing to people either.
    private static void escape(StringBuilder text, String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '=' -> text.append("\\e");
                case '\n' -> text.append("\\n");
                case '\0' -> {}
                default -> text.append(c);
            }
        }
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'e' -> '=';
            case 'n' -> '\n';
            default -> c;
        };
    }
}
