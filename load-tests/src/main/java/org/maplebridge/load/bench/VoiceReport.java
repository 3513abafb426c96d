package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of the voice scenario, as the keys other scripts read and as a page for people.
///
/// @param figures by key, in the order in which they were measured
record VoiceReport(VoicePlan plan, Map<String, Double> figures, List<String> faults) {
    VoiceReport {
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit) {
        return measured().asMap(commit, List.of(asSample()));
    }

    private Figures measured() {
        return new Figures("voice", figures, faults);
    }

    private Map<String, Object> asSample() {
        var sample = new LinkedHashMap<String, Object>();
        sample.put("quick", plan.quick());
        sample.put("handhelds", plan.handhelds());
        sample.put("media", plan.media());
        sample.put("active_groups", plan.activeGroups());
        sample.put("conversation_s", plan.conversationSeconds());
        return sample;
    }

    String table() {
        return measured().table();
    }

    String page(String commit) {
        var page = new ReportPage("Voice: a county at work", commit, faults);
        page.add(
                new BarChart("From the press to the grant, ms", List.of("p50", "p95", "p99"))
                        .group("one group in ten", of("floor_grant"))
                        .group("all groups at once", of("storm_grant"))
                        .svg());
        page.add(
                new BarChart("Voice, ms", List.of("p50", "p95 or p99"))
                        .group(
                                "relay (p99)",
                                figure("voice_relay_p50_ms"),
                                figure("voice_relay_p99_ms"))
                        .group(
                                "mouth to ear (p95)",
                                figure("mouth_to_ear_p50_ms"),
                                figure("mouth_to_ear_p95_ms"))
                        .group(
                                "late entry (p95)",
                                figure("late_entry_p50_ms"),
                                figure("late_entry_p95_ms"))
                        .svg());
        page.add(
                new BarChart("A terminal that only listens, KiB", List.of("KiB"))
                        .group("session", figure("session_kib"))
                        .group("peer connection", figure("media_kib"))
                        .group("both", figure("idle_terminal_kib"))
                        .svg());
        measured().addTo(page);
        return page.html();
    }

    private double[] of(String name) {
        return new double[] {
            figure(name + "_p50_ms"), figure(name + "_p95_ms"), figure(name + "_p99_ms")
        };
    }

    private double figure(String key) {
        return measured().of(key);
    }
}
