package org.maplebridge.load.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.county.NodeProcess;

/// Several nodes on this machine that form one county. Each may be killed and started again.
///
/// Thread: the scenario's.
public final class Nodes implements AutoCloseable {
    private static final String PASSWORD = "correct horse battery";

    private final Path folder;
    private final SharedRecord record;
    private final List<Integer> busPorts;
    private final List<@Nullable NodeProcess> running = new ArrayList<>();
    private final int handhelds;
    private int starts;

    private Nodes(Path folder, SharedRecord record, List<Integer> busPorts, int handhelds) {
        this.folder = folder;
        this.record = record;
        this.busPorts = busPorts;
        this.handhelds = handhelds;
    }

    /// @param handhelds more accounts than the demo county has
    public static Nodes start(Path folder, int count, int handhelds) throws IOException {
        var record = SharedRecord.start(folder);
        var ports = new ArrayList<Integer>();
        while (ports.size() < count) {
            int port = SharedRecord.freePort();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        var nodes = new Nodes(folder, record, ports, handhelds);
        try {
            nodes.running.add(nodes.launch(0)); // makes the record that the others find
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
                started.add(threads.submit(() -> launch(index)));
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

    private NodeProcess launch(int index) throws IOException {
        Path home = Files.createDirectories(folder.resolve("node-" + index + "-" + starts++));
        var members = new ArrayList<String>();
        busPorts.forEach(port -> members.add("127.0.0.1:" + port));
        return NodeProcess.start(
                home,
                "-Xmx512m",
                "--maplebridge.demo.password=" + PASSWORD,
                "--maplebridge.demo.handhelds=" + handhelds,
                "--maplebridge.database.url=" + record.url(),
                "--maplebridge.cluster.members=" + String.join(",", members),
                "--maplebridge.cluster.port=" + busPorts.get(index),
                "--maplebridge.cluster.secret=only these nodes know it");
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

    public void restart(int index) throws IOException {
        running.set(index, launch(index));
    }

    @Override
    public void close() {
        for (@Nullable NodeProcess node : running) {
            if (node != null) {
                node.close();
            }
        }
        record.close();
    }
}
