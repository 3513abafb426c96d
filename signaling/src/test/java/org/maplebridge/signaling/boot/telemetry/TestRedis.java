package org.maplebridge.signaling.boot.telemetry;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// A real Redis on a port of its own, kept in a file, that can be killed and started again.
final class TestRedis implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");

    private final Path folder;
    private final int port;
    private Process process;

    private TestRedis(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        process = run();
    }

    /// Skips the test where no Redis is installed.
    static TestRedis startIn(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no redis-server is installed");
        return new TestRedis(folder, freePort());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void startAgain() throws IOException {
        process = run();
    }

    String url() {
        return "redis://:secret@127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }

    private Process run() throws IOException {
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--requirepass",
                        "secret",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }
}
