package org.maplebridge.load.county;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// The whole server in a JVM of its own, as `bin/run` starts it, on free ports of this machine and
/// with a data folder of its own.
///
/// Thread: the scenario's.
public final class NodeProcess implements AutoCloseable {
    /// Class path of the build that this process runs itself.
    public static final String THIS_BUILD = System.getProperty("java.class.path");

    private static final String MAIN = "org.maplebridge.signaling.boot.Launcher";
    private static final Pattern READY = Pattern.compile("is ready: (http://\\S+)");
    private static final long START_NANOS = 120_000_000_000L;
    private static final long LOOK_NANOS = 50_000_000;
    private static final long GOODBYE_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final URI uri;
    private final String password;

    private NodeProcess(Process process, Path log, URI uri, String password) {
        this.process = process;
        this.log = log;
        this.uri = uri;
        this.password = password;
    }

    /// @param folder for its data and its log; must not hold a node's data yet
    /// @param flags of its JVM, blanks between
    /// @param properties `--key=value`
    public static NodeProcess start(Path folder, String flags, String... properties)
            throws IOException {
        return start(folder, THIS_BUILD, List.of(), "127.0.0.1", flags, properties);
    }

    /// @param classPath of the build it runs
    /// @param prefix what is said before the command
    /// @param address the one it binds
    public static NodeProcess start(
            Path folder,
            String classPath,
            List<String> prefix,
            String address,
            String flags,
            String... properties)
            throws IOException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("node.log");
        var command = new ArrayList<>(prefix);
        command.addAll(command(classPath, data, address, flags, properties));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        URI uri = awaitReady(process, log);
        String password = Files.readString(data.resolve("demo-password")).strip();
        return new NodeProcess(process, log, uri, password);
    }

    private static List<String> command(
            String classPath, Path data, String address, String flags, String... properties) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseG1GC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dice4j.software="));
        command.addAll(
                Arrays.stream(
                                (flags + " " + System.getProperty("bench.server.flags", ""))
                                        .split(" ", -1))
                        .filter(flag -> !flag.isBlank())
                        .toList());
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(
                List.of(
                        "--server.port=0",
                        "--maplebridge.media.port=0",
                        "--server.address=" + address,
                        "--maplebridge.media.address=" + address,
                        "--maplebridge.demo=true",
                        "--maplebridge.demo.expose=true", // the network is ours alone
                        "--maplebridge.data=" + data));
        command.addAll(List.of(properties));
        return command;
    }

    private static URI awaitReady(Process process, Path log) throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            var greeting = READY.matcher(Files.readString(log));
            if (greeting.find()) {
                return URI.create(greeting.group(1));
            }
            if (!process.isAlive() || System.nanoTime() - deadline >= 0) {
                process.destroyForcibly();
                var said = Files.readAllLines(log);
                throw new IOException(
                        "the node did not start: "
                                + String.join(
                                        "\n",
                                        said.subList(Math.max(0, said.size() - 15), said.size())));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Where its pages are.
    public URI uri() {
        return uri;
    }

    public long pid() {
        return process.pid();
    }

    /// Of all accounts of the demo county.
    public String password() {
        return password;
    }

    /// Lines in which the server says that something is its own fault.
    public List<String> errors() throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    /// As when the power fails.
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Lets the node say goodbye, for as long as it takes within this time.
    ///
    /// @return whether it ended by itself
    public boolean leave(long seconds) {
        process.destroy();
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        return false;
    }

    @Override
    public void close() {
        leave(GOODBYE_SECONDS);
    }
}
