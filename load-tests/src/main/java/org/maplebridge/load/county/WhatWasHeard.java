package org.maplebridge.load.county;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminal.Heard;
import org.maplebridge.load.county.Conversations.Talk;

/// How much of what was said reached those who listened.
///
/// @param expected voice packets sent, times the listeners of each
/// @param received of those
/// @param deaf listeners that heard nothing of a talk
/// @param firstWordClippedMillis worst: said after the key went down, and not heard
/// @param lastWordClippedMillis worst: said before the key went up, and not heard
public record WhatWasHeard(
        int talks,
        long expected,
        long received,
        int deaf,
        int firstWordClippedMillis,
        int lastWordClippedMillis) {
    private static final int PACKET_MILLIS = 20;

    public double lossPercent() {
        return expected == 0 ? 0 : 100.0 * (expected - received) / expected;
    }

    public WhatWasHeard plus(WhatWasHeard other) {
        return new WhatWasHeard(
                talks + other.talks,
                expected + other.expected,
                received + other.received,
                deaf + other.deaf,
                Math.max(firstWordClippedMillis, other.firstWordClippedMillis),
                Math.max(lastWordClippedMillis, other.lastWordClippedMillis));
    }

    public static WhatWasHeard nothing() {
        return new WhatWasHeard(0, 0, 0, 0, 0, 0);
    }

    /// Takes what all these handhelds noted since asked last, and compares it with what was said.
    public static WhatWasHeard of(List<Talk> talks, List<Handheld> handhelds) {
        Map<Handheld, Map<Integer, Heard>> heard = new HashMap<>();
        Map<Handheld, Map<Integer, Integer>> sent = new HashMap<>();
        for (Handheld handheld : handhelds) {
            handheld.media()
                    .ifPresent(terminal -> {
                        var byBurst = new HashMap<Integer, Heard>();
                        terminal.takeHeard().forEach(h -> byBurst.put(h.burst(), h));
                        heard.put(handheld, byBurst);
                        sent.put(handheld, terminal.sentByBurst());
                    });
        }
        var all = nothing();
        for (Talk talk : talks) {
            int packets =
                    sent.getOrDefault(talk.talker(), Map.of())
                            .getOrDefault(talk.press().burst(), 0);
            all = all.plus(of(talk, packets, heard));
        }
        return all;
    }

    private static WhatWasHeard of(
            Talk talk, int packets, Map<Handheld, Map<Integer, Heard>> heard) {
        var all = new WhatWasHeard(1, 0, 0, 0, 0, 0);
        for (Handheld listener : talk.group().members()) {
            @Nullable Map<Integer, Heard> ears = heard.get(listener);
            if (listener != talk.talker() && ears != null) {
                all = all.plus(by(ears.get(talk.press().burst()), packets));
            }
        }
        return all;
    }

    static WhatWasHeard by(@Nullable Heard heard, int packets) {
        if (heard == null) {
            return new WhatWasHeard(0, packets, 0, packets > 0 ? 1 : 0, 0, 0);
        }
        return new WhatWasHeard(
                0,
                packets,
                heard.packets(),
                0,
                heard.first() * PACKET_MILLIS,
                Math.max(0, packets - 1 - heard.last()) * PACKET_MILLIS);
    }
}
