package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.maplebridge.load.cluster.part.Stage.Need;
import org.maplebridge.load.county.Conversations;
import org.maplebridge.load.county.Conversations.Manner;
import org.maplebridge.load.county.Conversations.Talk;
import org.maplebridge.load.county.County;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.WhatWasHeard;
import org.maplebridge.load.measure.ProcessFigures;

/// All terminals of a county, a third of each work station's at each node: how long does a grant
/// take, what does it cost that another node joins, how much is told to how many?
public final class SizePart implements Part {
    private static final int GROUPS_FOR_ONE_ACTIVE = 10;
    private static final int LATECOMER = 2;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public String name() {
        return "size";
    }

    @Override
    public List<Need> needs() {
        return List.of();
    }

    @Override
    public int handhelds(Setting setting) {
        return setting.quick() ? 300 : 1_500;
    }

    @Override
    public void play(Stage stage, Setting setting, Findings findings) throws IOException {
        stage.nodes().leave(LATECOMER, 20);
        var counties = new ArrayList<County>();
        long beganNanos = System.nanoTime();
        long spentNanos = cpuNanos(stage, LATECOMER);
        for (int i = 0; i < LATECOMER; i++) {
            counties.add(arrive(stage, i, setting));
        }
        int came = counties.stream().mapToInt(county -> county.withMedia().size()).sum();
        findings.figure("size_arrive_s", (System.nanoTime() - beganNanos) / 1e9);
        findings.figure(
                "size_cpu_ms_per_arrival",
                (cpuNanos(stage, LATECOMER) - spentNanos) / 1e6 / Math.max(1, came));
        talk(counties, setting, Manner.usual(), setting.seconds(4, 40));

        join(stage, counties, setting, findings);
        counties.add(arrive(stage, LATECOMER, setting));
        findings.figure(
                "size_terminals",
                counties.stream().mapToInt(county -> county.withMedia().size()).sum());
        talk(counties, setting, Manner.usual(), setting.seconds(3, 20));
        converse(stage, counties, setting, findings);
        storm(counties, setting, findings);
        counties.stream()
                .flatMap(county -> county.lost().stream())
                .limit(5)
                .forEach(lost -> findings.fault("size: lost " + lost));
        new Judge(stage, "size_", findings).errors();
    }

    private County arrive(Stage stage, int node, Setting setting) throws IOException {
        var all = County.accounts(handhelds(setting));
        var ours =
                IntStream.range(0, all.size())
                        .filter(i -> i % Stage.NODES == node)
                        .mapToObj(all::get)
                        .toList();
        var county = new County(stage.nodes().node(node), ours, 1);
        stage.add(county);
        county.signIn();
        county.arrive(ours.size());
        county.openMedia(ours.size());
        return county;
    }

    /// The last node comes while people talk at the others.
    private static void join(Stage stage, List<County> counties, Setting setting, Findings findings)
            throws IOException {
        long spentNanos = cpuNanos(stage, LATECOMER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var joined =
                    threads.submit(() -> {
                        long beganNanos = System.nanoTime();
                        stage.nodes().restart(LATECOMER);
                        return (System.nanoTime() - beganNanos) / 1e9;
                    });
            var talks = talk(counties, setting, Manner.usual(), setting.seconds(8, 40)).talks();
            findings.figure("member_join_s", joined.get());
            findings.figure("member_join_grant_p99_ms", quantile(talks, 0.99));
            findings.figure(
                    "member_join_others_cpu_s", (cpuNanos(stage, LATECOMER) - spentNanos) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException("the last node did not join", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void converse(
            Stage stage, List<County> counties, Setting setting, Findings findings)
            throws IOException {
        WhatWasHeard.of(List.of(), withMedia(counties)); // what came before is forgotten
        long seconds = setting.seconds(10, 120);
        long spentNanos = cpuNanos(stage, Stage.NODES);
        var outcome = talk(counties, setting, Manner.usual(), seconds);
        findings.figure(
                "size_cpu_pct", (cpuNanos(stage, Stage.NODES) - spentNanos) / 1e7 / seconds);
        var talks = outcome.talks();
        findings.figure("grants", talks.size());
        findings.figure("grant_p50_ms", quantile(talks, 0.5));
        findings.figure("grant_p95_ms", quantile(talks, 0.95));
        findings.figure("grant_p99_ms", quantile(talks, 0.99));
        var heard = WhatWasHeard.of(talks, withMedia(counties));
        findings.figure("size_loss_pct", heard.lossPercent());
        findings.figure("size_first_word_clipped_ms_max", heard.firstWordClippedMillis());
        outcome.notGranted().stream().limit(5).forEach(said -> findings.fault("size: " + said));
        if (heard.deaf() > 0) {
            findings.fault("size: " + heard.deaf() + " listeners heard nothing of a talk");
        }
    }

    /// Each group gives the floor as often as it can.
    private static void storm(List<County> counties, Setting setting, Findings findings) {
        long told = counties.stream().mapToLong(County::told).sum();
        long seconds = setting.seconds(4, 20);
        long beganNanos = System.nanoTime();
        var outcome = talk(counties, setting, Manner.storm(), seconds);
        double took = (System.nanoTime() - beganNanos) / 1e9;
        findings.figure("storm_grants_per_s", outcome.talks().size() / took);
        findings.figure(
                "fan_out_per_s", (counties.stream().mapToLong(County::told).sum() - told) / took);
    }

    private static Conversations.Outcome talk(
            List<County> counties, Setting setting, Manner manner, long seconds) {
        var groups = County.smallGroups(withMedia(counties));
        int active =
                manner.equals(Manner.storm())
                        ? groups.size()
                        : Math.max(1, groups.size() / GROUPS_FOR_ONE_ACTIVE);
        var outcome =
                new Conversations(manner, setting.seed())
                        .run(groups, active, TimeUnit.SECONDS.toMillis(seconds));
        LockSupport.parkNanos(SETTLE_NANOS);
        return outcome;
    }

    private static List<Handheld> withMedia(Collection<County> counties) {
        return counties.stream().flatMap(county -> county.withMedia().stream()).toList();
    }

    private static double quantile(List<Talk> talks, double share) {
        return Findings.quantile(
                talks.stream().map(talk -> talk.grantNanos() / 1e6).sorted().toList(), share);
    }

    /// Of the first nodes together.
    private static long cpuNanos(Stage stage, int nodes) throws IOException {
        long sum = 0;
        for (int i = 0; i < nodes; i++) {
            sum += new ProcessFigures(stage.nodes().node(i).pid()).cpuNanos();
        }
        return sum;
    }
}
