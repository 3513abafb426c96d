package org.maplebridge.load.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;

/// Several nodes that form one county. Each may be killed, asked to leave, and started again.
///
/// Thread: the scenario's.
public final class Nodes implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";

    private final Path folder;
    private final Site site;
    private final List<Integer> busPorts;
    private final List<@Nullable NodeProcess> running = new ArrayList<>();
    private final int handhelds;
    private final String firstClassPath;
    private int starts;

    private Nodes(
            Path folder, Site site, List<Integer> busPorts, int handhelds, String firstClassPath) {
        this.folder = folder;
        this.site = site;
        this.busPorts = busPorts;
        this.handhelds = handhelds;
        this.firstClassPath = firstClassPath;
    }

    /// @param handhelds more accounts than the demo county has
    public static Nodes start(Path folder, Site site, int count, int handhelds) throws IOException {
        return start(folder, site, count, handhelds, NodeProcess.THIS_BUILD);
    }

    /// @param handhelds more accounts than the demo county has
    /// @param firstClassPath of the build that each runs until it is started again, by ours
    public static Nodes start(
            Path folder, Site site, int count, int handhelds, String firstClassPath)
            throws IOException {
        var ports = new ArrayList<Integer>();
        while (ports.size() < count) {
            int port = SharedRecord.freePort();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        var nodes = new Nodes(folder, site, ports, handhelds, firstClassPath);
        try {
            nodes.running.add(
                    nodes.launch(0, firstClassPath)); // makes the record that the others find
            nodes.startOthers(count);
        } catch (IOException | RuntimeException e) {
            nodes.close();
            throw e;
        }
        return nodes;
    }

    private void startOthers(int count) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = new ArrayList<Future<NodeProcess>>();
            for (int i = 1; i < count; i++) {
                int index = i;
                started.add(threads.submit(() -> launch(index, firstClassPath)));
            }
            for (var one : started) {
                running.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a node did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private NodeProcess launch(int index, String classPath) throws IOException {
        Path home = Files.createDirectories(folder.resolve("node-" + index + "-" + starts++));
        var members = new ArrayList<String>();
        for (int i = 0; i < busPorts.size(); i++) {
            members.add(site.places().address(i) + ":" + busPorts.get(i));
        }
        var properties = new ArrayList<>(site.properties());
        properties.addAll(
                List.of(
                        "--maplebridge.demo.password=" + PASSWORD,
                        "--maplebridge.demo.handhelds=" + handhelds,
                        "--maplebridge.cluster.members=" + String.join(",", members),
                        "--maplebridge.cluster.address=" + site.places().address(index),
                        "--maplebridge.cluster.port=" + busPorts.get(index),
                        "--maplebridge.cluster.secret=only these nodes know it"));
        return NodeProcess.start(
                home,
                classPath,
                site.places().prefix(index),
                site.places().address(index),
                "-Xmx512m",
                properties.toArray(String[]::new));
    }

    public int count() {
        return busPorts.size();
    }

    public boolean isRunning(int index) {
        return running.get(index) != null;
    }

    /// Fails when it is not running.
    public NodeProcess node(int index) {
        @Nullable NodeProcess node = running.get(index);
        if (node == null) {
            throw new IllegalStateException("node " + index + " is down");
        }
        return node;
    }

    public String password() {
        return PASSWORD;
    }

    /// As when the power fails.
    public void kill(int index) {
        @Nullable NodeProcess node = running.set(index, null);
        if (node != null) {
            node.kill();
        }
    }

    /// Lets it say goodbye.
    ///
    /// @return whether it ended by itself within that time
    public boolean leave(int index, long seconds) {
        @Nullable NodeProcess node = running.set(index, null);
        return node == null || node.leave(seconds);
    }

    public void restart(int index) throws IOException {
        running.set(index, launch(index, NodeProcess.THIS_BUILD));
    }

    /// Copies what the nodes logged, one file for each start of each node.
    public void keepLogs(Path to) throws IOException {
        try (Stream<Path> homes = Files.list(folder)) {
            for (Path home : homes.filter(Files::isDirectory).toList()) {
                Path log = home.resolve("node.log");
                if (Files.exists(log)) {
                    Path copy = Files.createDirectories(to).resolve(home.getFileName() + ".log");
                    Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Override
    public void close() {
        for (@Nullable NodeProcess node : running) {
            if (node != null) {
                node.close();
            }
        }
    }
}
