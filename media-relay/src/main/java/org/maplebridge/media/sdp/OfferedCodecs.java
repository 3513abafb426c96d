package org.maplebridge.media.sdp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// The payload formats one section offers, in the offer's order of preference.
///
/// @param byPayloadType only what `a=rtpmap` explains and the media line lists
record OfferedCodecs(Map<Integer, Codec> byPayloadType) {
    /// @param name in lower case
    /// @param feedback of what we know
    record Codec(
            int payloadType,
            String name,
            int clockRate,
            int channels,
            Map<String, String> fmtp,
            Set<String> feedback) {
        boolean is(String sdpName, int rate) {
            return clockRate == rate && name.equalsIgnoreCase(sdpName);
        }
    }

    private static final Set<String> KNOWN_FEEDBACK =
            Set.of("nack", "nack pli", "ccm fir", "transport-cc", "goog-remb");

    private static final Set<String> KNOWN_NAMES =
            Set.of("opus", "red", "vp8", "h264", "vp9", "av1", "rtx");

    private static final int MAX_FMTP_PARAMETERS = 32;

    private static final int EVERY = -2;

    static OfferedCodecs of(Section section) {
        var maps = byPayloadType(section, "rtpmap");
        var fmtps = byPayloadType(section, "fmtp");
        var feedback = feedback(section);
        var found = new LinkedHashMap<Integer, Codec>();
        for (String format : section.formats()) {
            int payloadType = SdpTokens.number(format, 127);
            String map = payloadType < 0 ? null : maps.get(payloadType);
            if (map != null) {
                Codec codec =
                        codec(payloadType, map, fmtps.getOrDefault(payloadType, ""), feedback);
                if (codec != null) {
                    found.put(payloadType, codec);
                }
            }
        }
        return new OfferedCodecs(found);
    }

    private static @Nullable Codec codec(
            int payloadType, String map, String fmtp, Map<Integer, Set<String>> feedback) {
        String[] parts = map.split("/", 4);
        String name = parts[0].toLowerCase(Locale.ROOT);
        if (!KNOWN_NAMES.contains(name)) {
            return null;
        }
        int clockRate = parts.length < 2 ? -1 : SdpTokens.number(parts[1], 1_000_000);
        int channels = parts.length < 3 ? 1 : SdpTokens.number(parts[2], 255);
        if (clockRate <= 0 || channels <= 0) {
            return null;
        }
        var known = new HashSet<>(feedback.getOrDefault(payloadType, Set.of()));
        known.addAll(feedback.getOrDefault(EVERY, Set.of()));
        return new Codec(payloadType, name, clockRate, channels, parameters(fmtp), known);
    }

    /// `97 opus/48000/2` → 97: `opus/48000/2`; the first of doubles counts.
    private static Map<Integer, String> byPayloadType(Section section, String attribute) {
        var found = new HashMap<Integer, String>();
        for (String value : section.attributes().all(attribute)) {
            int space = value.indexOf(' ');
            if (space > 0) {
                found.putIfAbsent(payloadType(value, space), value.substring(space + 1).strip());
            }
        }
        return found;
    }

    /// The number before the space; [#EVERY] for `*`, else -1.
    private static int payloadType(String value, int space) {
        return space == 1 && value.charAt(0) == '*'
                ? EVERY
                : SdpTokens.number(value.substring(0, space), 127);
    }

    private static Map<String, String> parameters(String fmtp) {
        var found = new LinkedHashMap<String, String>();
        for (String parameter : fmtp.split(";", MAX_FMTP_PARAMETERS)) {
            String[] pair = parameter.strip().split("=", 2);
            if (!pair[0].isEmpty()) {
                found.putIfAbsent(
                        pair[0].strip().toLowerCase(Locale.ROOT),
                        pair.length == 2 ? pair[1].strip() : "");
            }
        }
        return found;
    }

    private static Map<Integer, Set<String>> feedback(Section section) {
        var found = new HashMap<Integer, Set<String>>();
        for (String value : section.attributes().all("rtcp-fb")) {
            int space = value.indexOf(' ');
            String message = space < 1 ? "" : value.substring(space + 1).strip();
            if (KNOWN_FEEDBACK.contains(message)) {
                found.computeIfAbsent(payloadType(value, space), _ -> new HashSet<>(8))
                        .add(message);
            }
        }
        return found;
    }

    /// Whether the offerer would rather have `one` than `other`.
    boolean before(Codec one, Codec other) {
        for (Codec codec : byPayloadType.values()) {
            if (codec == one || codec == other) {
                return codec == one;
            }
        }
        return false;
    }

    /// Payload type of the retransmissions of `payloadType` (RFC 4588 §8.6), or -1.
    int rtxOf(int payloadType) {
        String apt = Integer.toString(payloadType);
        for (Codec codec : byPayloadType.values()) {
            if (codec.name().equals("rtx") && apt.equals(codec.fmtp().get("apt"))) {
                return codec.payloadType();
            }
        }
        return -1;
    }
}
