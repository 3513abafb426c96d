package org.maplebridge.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.county.Broadcasts;
import org.maplebridge.load.county.Conversations;
import org.maplebridge.load.county.Conversations.Manner;
import org.maplebridge.load.county.Conversations.Talk;
import org.maplebridge.load.county.County;
import org.maplebridge.load.county.County.Talkers;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.LateEntries;
import org.maplebridge.load.county.NodeFigures;
import org.maplebridge.load.county.NodeMemory;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.county.WhatWasHeard;
import org.maplebridge.load.ground.TemporaryFolder;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.load.measure.ProcessFigures;

/// A county at work against one node: how soon may somebody speak, what is heard of it, how late,
/// and what does an idle and a listening terminal cost?
///
/// Thread: the bench's.
final class VoiceScenario {
    private static final long SEED = 20_261_121;
    private static final int MEDIA_THREADS = 2;
    private static final long SETTLE_MILLIS = 1_000;
    private static final double MAX_TALKER_LATE_MILLIS = 60;
    private static final String GRANTS = "maplebridge_floor_grant_seconds";

    private final VoicePlan plan;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private WhatWasHeard conversations = WhatWasHeard.nothing();

    VoiceScenario(VoicePlan plan) {
        this.plan = plan;
    }

    Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /// Why the run must not be believed; empty when it may.
    List<String> faults() {
        return List.copyOf(faults);
    }

    void run() throws IOException {
        Path folder = Files.createTempDirectory("maplebridge-voice");
        try (var node =
                        NodeProcess.start(
                                folder,
                                NodeMemory.FLAGS,
                                "--maplebridge.demo.handhelds=" + plan.handhelds());
                var county = new County(node, plan.handhelds(), MEDIA_THREADS)) {
            come(node, county);
            part("conversations", () -> converse(node, county));
            part("late entries", () -> enterLate(county));
            part("broadcast", () -> broadcast(node, county));
            part("storm", () -> storm(county));
            county.lost().stream().limit(5).forEach(lost -> faults.add("lost: " + lost));
            node.errors().stream().limit(5).forEach(line -> faults.add("the node says: " + line));
        } finally {
            TemporaryFolder.remove(folder);
        }
    }

    /// A part that cannot be done makes the run unsound, and the others are done all the same.
    private void part(String name, Part part) {
        long startNanos = System.nanoTime();
        try {
            part.run();
            say(name, seconds(startNanos));
        } catch (IOException e) {
            faults.add(name + ": " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Part {
        void run() throws IOException;
    }

    /// Everybody signs in, then the memory and the work of those who only listen.
    private void come(NodeProcess node, County county) throws IOException {
        long startNanos = System.nanoTime();
        county.signIn();
        say("signed in", seconds(startNanos));
        county.arrive(VoicePlan.WARM_HANDHELDS);
        county.openMedia(VoicePlan.WARM_HANDHELDS);
        talk(county, Manner.usual(), 5, plan.warmUpSeconds() * 1_000L);
        var before = NodeMemory.of(node.pid(), county.door());

        long arriveNanos = System.nanoTime();
        county.arrive(plan.handhelds());
        figures.put("arrive_s", seconds(arriveNanos));
        var present = NodeMemory.of(node.pid(), county.door());
        int came = plan.handhelds() - VoicePlan.WARM_HANDHELDS;
        var session = present.perHead(before, came);
        figures.put("session_kib", session.kib());

        long mediaNanos = System.nanoTime();
        county.openMedia(plan.media());
        figures.put("media_s", seconds(mediaNanos));
        int connected = Math.max(1, plan.media() - VoicePlan.WARM_HANDHELDS);
        var media = NodeMemory.of(node.pid(), county.door()).perHead(present, connected);
        figures.put("media_kib", media.kib());
        figures.put("idle_terminal_kib", session.kib() + media.kib());
        figures.put("idle_terminal_heap_kib", session.heapKib() + media.heapKib());
        figures.put("idle_terminal_rss_kib", session.residentKib() + media.residentKib());

        var process = new ProcessFigures(node.pid());
        long cpu = process.cpuNanos();
        sleep(plan.idleSeconds() * 1_000L);
        double idleMicros = (process.cpuNanos() - cpu) / 1e3 / plan.idleSeconds();
        figures.put("idle_terminal_cpu_us_per_s", idleMicros / plan.handhelds());
        figures.put("rss_mb", process.residentMebibytes());
    }

    /// One group in ten talks.
    private void converse(NodeProcess node, County county) throws IOException {
        NodeFigures before = county.door().figures();
        var process = new ProcessFigures(node.pid());
        long cpu = process.cpuNanos();
        county.terminals().startWindow();
        var outcome =
                talk(
                        county,
                        Manner.usual(),
                        plan.activeGroups(),
                        plan.conversationSeconds() * 1_000L);
        VoiceTerminals.Window window = county.terminals().endWindow();
        NodeFigures server = county.door().figures().minus(before);
        double cpuPercent = (process.cpuNanos() - cpu) / 1e7 / plan.conversationSeconds();
        conversations = WhatWasHeard.of(outcome.talks(), county.withMedia());

        grants("floor_grant", outcome.talks());
        figures.put("floor_grant_server_p50_ms", 1e3 * server.quantile(GRANTS, 0.5));
        figures.put("floor_grant_server_p99_ms", 1e3 * server.quantile(GRANTS, 0.99));
        DelayHistogram relay = window.relayDelays();
        figures.put("voice_relay_p50_ms", relay.percentileMicros(0.5) / 1e3);
        figures.put("voice_relay_p99_ms", relay.percentileMicros(0.99) / 1e3);
        DelayHistogram ears = window.mouthToEar();
        figures.put("mouth_to_ear_p50_ms", ears.percentileMicros(0.5) / 1e3);
        figures.put("mouth_to_ear_p95_ms", ears.percentileMicros(0.95) / 1e3);
        figures.put("first_word_clipped_ms_max", (double) conversations.firstWordClippedMillis());
        figures.put("last_word_clipped_ms_max", (double) conversations.lastWordClippedMillis());
        figures.put("conversation_loss_pct", conversations.lossPercent());
        figures.put("conversation_talks", (double) conversations.talks());
        figures.put("conversation_cpu_pct", cpuPercent);
        judge(outcome, window);
    }

    private void judge(Conversations.Outcome outcome, VoiceTerminals.Window window) {
        outcome.notGranted().stream().limit(5).forEach(said -> faults.add("not granted: " + said));
        if (outcome.talks().size() < 20) {
            faults.add("only " + outcome.talks().size() + " talks were granted");
        }
        if (conversations.deaf() > 0) {
            faults.add(conversations.deaf() + " listeners heard nothing of a talk");
        }
        lateness(window);
    }

    private void lateness(VoiceTerminals.Window window) {
        double late = window.latenessNanos() / 1e6;
        if (late > MAX_TALKER_LATE_MILLIS) {
            faults.add(format("a talker fell %.0f ms behind its plan", late));
        }
    }

    private void enterLate(County county) throws IOException {
        var outcome = LateEntries.run(county.smallGroups(), plan.lateEntries());
        figures.put("late_entry_p50_ms", quantile(outcome.nanos(), 0.5) / 1e6);
        figures.put("late_entry_p95_ms", quantile(outcome.nanos(), 0.95) / 1e6);
        figures.put("late_entries", (double) outcome.nanos().size());
        if (outcome.silent() > 0) {
            faults.add(outcome.silent() + " late entrants heard nothing");
        }
    }

    /// The city speaks to every handheld that can hear.
    private void broadcast(NodeProcess node, County county) throws IOException {
        Handheld city = county.city();
        Talkers audience = Broadcasts.audience(city, county.withMedia());
        var talks = new ArrayList<Talk>();
        var process = new ProcessFigures(node.pid());
        long spentNanos = 0;
        WhatWasHeard.of(List.of(), county.withMedia()); // what came before is forgotten
        county.terminals().startWindow();
        for (int i = 0; i < plan.broadcasts(); i++) {
            Talk talk = Broadcasts.begin(city, audience);
            sleep(SETTLE_MILLIS);
            long cpu = process.cpuNanos();
            sleep(plan.broadcastSeconds() * 1_000L);
            spentNanos += process.cpuNanos() - cpu;
            Broadcasts.end(talk);
            talks.add(talk);
            sleep(2 * SETTLE_MILLIS);
        }
        VoiceTerminals.Window window = county.terminals().endWindow();
        var heard = WhatWasHeard.of(talks, county.withMedia());
        double listened =
                (double) audience.members().size() * plan.broadcasts() * plan.broadcastSeconds();
        figures.put("broadcast_listeners", (double) audience.members().size());
        figures.put("broadcast_loss_pct", heard.lossPercent());
        figures.put("broadcast_first_word_clipped_ms", (double) heard.firstWordClippedMillis());
        figures.put("broadcast_relay_p99_ms", window.relayDelays().percentileMicros(0.99) / 1e3);
        figures.put("listening_terminal_cpu_us_per_s", spentNanos / 1e3 / Math.max(listened, 1));
        if (heard.deaf() > 0 || audience.members().size() < plan.media()) {
            faults.add(
                    "%d of %d heard the broadcast"
                            .formatted(audience.members().size() - heard.deaf(), plan.media()));
        }
        lateness(window);
    }

    /// As many grants as one after the other can have in every group at once.
    private void storm(County county) {
        var outcome = talk(county, Manner.storm(), Integer.MAX_VALUE, plan.stormSeconds() * 1_000L);
        figures.put("floor_grants_per_s", (double) outcome.talks().size() / plan.stormSeconds());
        grants("storm_grant", outcome.talks());
    }

    private static Conversations.Outcome talk(
            County county, Manner manner, int active, long millis) {
        var groups = county.smallGroups();
        var outcome =
                new Conversations(manner, SEED)
                        .run(groups, Math.min(active, groups.size()), millis);
        sleep(SETTLE_MILLIS);
        return outcome;
    }

    private void grants(String name, List<Talk> talks) {
        var nanos = talks.stream().map(Talk::grantNanos).toList();
        figures.put(name + "_p50_ms", quantile(nanos, 0.5) / 1e6);
        figures.put(name + "_p95_ms", quantile(nanos, 0.95) / 1e6);
        figures.put(name + "_p99_ms", quantile(nanos, 0.99) / 1e6);
    }

    /// The value that this share of the values does not exceed; 0 when there are none.
    static double quantile(List<Long> values, double share) {
        if (values.isEmpty()) {
            return 0;
        }
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static void say(String what, double seconds) {
        System.err.println(format(what + " after %.1f s", seconds));
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
