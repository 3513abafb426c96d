package org.maplebridge.media.sdp;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.maplebridge.media.sdp.SdpText.Section;

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
            Set.of("nack", "nack pli", "ccm fir", "transport-cc");

    private static final Set<String> KNOWN_NAMES = Set.of("opus", "red", "vp8", "h264", "rtx");

    private static final int MAX_FMTP_PARAMETERS = 32;

    static OfferedCodecs of(Section section) {
        var maps = byPayloadType(section, "rtpmap");
        var fmtps = byPayloadType(section, "fmtp");
        var found = new LinkedHashMap<Integer, Codec>();
        for (String format : section.formats()) {
            int payloadType = SdpTokens.number(format, 127);
            String map = maps.get(payloadType);
            if (payloadType >= 0 && map != null) {
                Codec codec = codec(payloadType, map, fmtps.getOrDefault(payloadType, ""), section);
                if (codec != null) {
                    found.put(payloadType, codec);
                }
            }
        }
        return new OfferedCodecs(found);
    }

    private static @org.jspecify.annotations.Nullable Codec codec(
            int payloadType, String map, String fmtp, Section section) {
        String[] parts = map.split("/", 4);
        String name = parts[0].toLowerCase(Locale.ROOT);
        if (!KNOWN_NAMES.contains(name)) {
            return null;
        }
        int clockRate = parts.length < 2 ? -1 : SdpTokens.number(parts[1], 1_000_000);
        int channels = parts.length < 3 ? 1 : SdpTokens.number(parts[2], 255);
        return clockRate <= 0 || channels <= 0
                ? null
                : new Codec(
                        payloadType,
                        name,
                        clockRate,
                        channels,
                        parameters(fmtp),
                        feedback(section, payloadType));
    }

    /// `97 opus/48000/2` → 97: `opus/48000/2`; the first of doubles counts.
    private static Map<Integer, String> byPayloadType(Section section, String attribute) {
        var found = new LinkedHashMap<Integer, String>();
        for (String value : section.attributes().all(attribute)) {
            int space = value.indexOf(' ');
            if (space > 0) {
                found.putIfAbsent(
                        SdpTokens.number(value.substring(0, space), 127),
                        value.substring(space + 1).strip());
            }
        }
        return found;
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

    private static Set<String> feedback(Section section, int payloadType) {
        var found = new HashSet<String>();
        for (String value : section.attributes().all("rtcp-fb")) {
            int space = value.indexOf(' ');
            if (space > 0
                    && (value.startsWith("* ")
                            || SdpTokens.number(value.substring(0, space), 127) == payloadType)) {
                String message = value.substring(space + 1).strip();
                if (KNOWN_FEEDBACK.contains(message)) {
                    found.add(message);
                }
            }
        }
        return found;
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
