package org.maplebridge.media.sdp.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session description cut into sections and attributes, nothing yet understood (RFC 8866 §5).
///
/// @param session attributes before the first section
public record SdpText(Attributes session, List<Section> sections) {
    /// A console with 8 audio and 25 video slots and every codec a browser knows is 160 KiB.
    static final int MAX_CHARS = 256 * 1024;

    /// The same console, its camera and its screen: 4,750 lines in Chromium 156.
    static final int MAX_LINES = 4_800;

    static final int MAX_SECTIONS = 100;
    private static final int MAX_FORMATS = 128;

    /// Attribute name → its values in order; a flag has the value "".
    public record Attributes(Map<String, List<String>> values) {
        public Attributes() {
            this(new LinkedHashMap<>());
        }

        public void add(String line) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            values.computeIfAbsent(name, _ -> new ArrayList<>(2)).add(value);
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        public List<String> all(String name) {
            return values.getOrDefault(name, List.of());
        }

        /// The first value, or "".
        public String first(String name) {
            return all(name).isEmpty() ? "" : all(name).getFirst();
        }
    }

    /// One `m=` line and what follows it.
    public record Section(
            String media, int port, String protocol, List<String> formats, Attributes attributes) {
        /// The value of an attribute that may also stand before all sections.
        public String inherited(String name, Attributes session) {
            return attributes.has(name) ? attributes.first(name) : session.first(name);
        }

        public String mid() {
            return attributes.first("mid");
        }
    }

    /// Either the text cut up, or why not.
    public sealed interface Reading {
        record Read(SdpText text) implements Reading {}

        /// @param code `sdp-malformed` or `sdp-too-long`
        record Failed(String code, String detail) implements Reading {}
    }

    public static Reading read(String text) {
        if (text.length() > MAX_CHARS) {
            return failed("sdp-too-long", "The description is longer than 256 KiB.");
        }
        if (!text.startsWith("v=0")) {
            return failed("sdp-malformed", "The description does not start with v=0.");
        }
        var session = new Attributes();
        var sections = new ArrayList<Section>();
        Attributes current = session;
        int lines = 0;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            String line =
                    text.substring(
                            from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end);
            from = end + 1;
            if (++lines > MAX_LINES) {
                return failed("sdp-too-long", "The description has more than 4,800 lines.");
            }
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                return failed("sdp-malformed", "Line " + lines + " is not of the form type=value.");
            }
            if (line.charAt(0) == 'm') {
                Section section = section(line.substring(2));
                if (section == null || sections.size() == MAX_SECTIONS) {
                    return failed("sdp-malformed", "Line " + lines + " is no media line to take.");
                }
                sections.add(section);
                current = section.attributes();
            } else if (line.charAt(0) == 'a') {
                current.add(line.substring(2));
            }
        }
        return new Reading.Read(new SdpText(session, sections));
    }

    private static Reading failed(String code, String detail) {
        return new Reading.Failed(code, detail);
    }

    private static @Nullable Section section(String value) {
        String[] words = value.split(" ", MAX_FORMATS + 4);
        if (words.length < 4 || words.length == MAX_FORMATS + 4) {
            return null;
        }
        for (String word : words) {
            if (!SdpTokens.token(word)) {
                return null;
            }
        }
        int port = SdpTokens.number(words[1], 65_535);
        return port < 0
                ? null
                : new Section(
                        words[0],
                        port,
                        words[2],
                        List.of(words).subList(3, words.length),
                        new Attributes());
    }
}
