package org.maplebridge.load.ground;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// A database that several nodes share where there is no PostgreSQL: H2 in a process of its own, in
/// memory.
///
/// Thread: the scenario's.
public final class SharedRecord implements AutoCloseable {
    private static final long START_NANOS = 30_000_000_000L;
    private static final long LOOK_NANOS = 50_000_000;

    private final Process process;
    private final int port;

    private SharedRecord(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static SharedRecord start(Path folder) throws IOException {
        int port = freePort();
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.h2.tools.Server",
                                "-tcp",
                                "-tcpPort",
                                Integer.toString(port),
                                "-ifNotExists")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("record.log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        awaitOpen(process, port);
        return new SharedRecord(process, port);
    }

    private static void awaitOpen(Process process, int port) throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (true) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException e) {
                if (!process.isAlive() || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /// A port of loopback that nobody has at this moment.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:county;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
