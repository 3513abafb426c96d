package org.maplebridge.load.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// A network of our own: each node in a namespace that has one link, all links joined by a bridge
/// in the namespace of this process, where clients and services are. Ways through it can be cut.
///
/// A namespace lives as long as a process that waits for our end of its input: however this process
/// ends, nothing stays behind.
///
/// Thread: the scenario's.
public final class Yard implements Places, AutoCloseable {
    /// Set by `bin/bench` for a process that has a network of its own, which may be changed.
    private static final String OWN_NETWORK = "bench.own-network";

    private static final String BRIDGE = "yard";
    private static final String NET = "10.79.0.";
    private static final String CLIENTS = NET + "1";
    private static final String SERVICES = NET + "2";
    private static final int FIRST_NODE = 11;
    private static final Path OWN = Path.of("/proc/self/ns/net");
    private static final long LOOK_NANOS = 10_000_000;

    private final List<Process> keepers = new ArrayList<>();

    private Yard() {}

    /// @throws IOException with the reason, when it is not allowed here
    public static Yard open(int nodes) throws IOException {
        if (!Boolean.getBoolean(OWN_NETWORK)) {
            throw new IOException("this machine allows no network namespaces to us");
        }
        var yard = new Yard();
        try {
            ip("link add name " + BRIDGE + " type bridge");
            ip("address add " + CLIENTS + "/24 dev " + BRIDGE);
            ip("address add " + SERVICES + "/24 dev " + BRIDGE);
            ip("link set dev " + BRIDGE + " up");
            for (int i = 0; i < nodes; i++) {
                yard.join(i);
            }
            return yard;
        } catch (IOException e) {
            yard.close();
            throw e;
        }
    }

    private void join(int node) throws IOException {
        var keeper = new ProcessBuilder("unshare", "--net", "cat").start();
        keepers.add(keeper);
        awaitApart(keeper);
        ip("link add name node" + node + " type veth peer name link netns " + keeper.pid());
        ip("link set dev node" + node + " master " + BRIDGE);
        ip("link set dev node" + node + " up");
        inside(node, "link set dev lo up");
        inside(node, "address add " + address(node) + "/24 dev link");
        inside(node, "link set dev link up");
    }

    private static void awaitApart(Process keeper) throws IOException {
        Path own = Files.readSymbolicLink(OWN);
        Path its = Path.of("/proc/" + keeper.pid() + "/ns/net");
        while (Files.readSymbolicLink(its).equals(own)) {
            if (!keeper.isAlive()) {
                throw new IOException("no network namespace for a node");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Where database and Redis are bound.
    public String services() {
        return SERVICES;
    }

    @Override
    public String address(int node) {
        return NET + (FIRST_NODE + node);
    }

    @Override
    public List<String> prefix(int node) {
        return List.of("nsenter", "--net=/proc/" + keepers.get(node).pid() + "/ns/net", "--");
    }

    /// All nodes but this one, and the services, which stay with them.
    public List<String> allBut(int node) {
        var others = new ArrayList<String>();
        IntStream.range(0, keepers.size())
                .filter(other -> other != node)
                .forEach(other -> others.add(address(other)));
        others.add(SERVICES);
        return others;
    }

    /// From now on; one at a time.
    public void cut(Cut cut) throws IOException {
        Command.run(List.of("nft", "-f", "-"), cut.rules());
    }

    public void heal() throws IOException {
        Command.run(List.of("nft", "delete table " + Cut.TABLE));
    }

    private void inside(int node, String words) throws IOException {
        var command = new ArrayList<>(prefix(node));
        command.add("ip");
        command.addAll(List.of(words.split(" ", -1)));
        Command.run(command);
    }

    private static void ip(String words) throws IOException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words.split(" ", -1)));
        Command.run(command);
    }

    @Override
    public void close() throws IOException {
        keepers.forEach(Process::destroyForcibly);
        Command.works(List.of("nft", "delete", "table", "bridge", "cuts"));
        ip("link delete " + BRIDGE);
    }
}
