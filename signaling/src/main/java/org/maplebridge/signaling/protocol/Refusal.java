package org.maplebridge.signaling.protocol;

import java.util.Map;

/// Why something a person or a program asked for was not done, in words their page can translate.
///
/// @param code stable: one of [RefusalCode], or the relay's own `sdp-…`
/// @param detail one English sentence for the developer of the other side
/// @param params what the sentence is about, e.g. `field`, `max`, `state`
public record Refusal(String code, String detail, Map<String, String> params) {
    public Refusal {
        params = Map.copyOf(params);
    }

    public static Refusal of(RefusalCode code, String detail) {
        return new Refusal(code.wire(), detail, Map.of());
    }

    public static Refusal field(RefusalCode code, String field, String detail) {
        return new Refusal(code.wire(), detail, Map.of("field", field));
    }

    public static Refusal tooLarge(String field, long max) {
        return new Refusal(
                RefusalCode.TOO_LARGE.wire(),
                "%s is above its limit of %d.".formatted(field, max),
                Map.of("field", field, "max", Long.toString(max)));
    }
}
