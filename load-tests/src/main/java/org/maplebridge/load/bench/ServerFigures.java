package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/// The server's own counters at one moment, `key=value` as it printed them.
record ServerFigures(Map<String, String> values) {
    ServerFigures {
        values = Map.copyOf(values);
    }

    static ServerFigures parse(String line) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : line.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new ServerFigures(values);
    }

    /// A counter; 0 when the server does not name it.
    long number(String key) {
        return Long.parseLong(values.getOrDefault(key, "0"));
    }

    String text(String key) {
        return values.getOrDefault(key, "");
    }

    /// One counter over another; 0 when that one is.
    double ratio(String key, String by) {
        return number(by) == 0 ? 0 : (double) number(key) / number(by);
    }

    /// What was counted since; words are kept.
    ServerFigures minus(ServerFigures earlier) {
        var difference = new LinkedHashMap<String, String>();
        values.forEach((key, value) ->
                difference.put(
                        key,
                        value.matches("\\d+")
                                ? Long.toString(number(key) - earlier.number(key))
                                : value));
        return new ServerFigures(difference);
    }
}
