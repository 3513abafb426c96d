package org.maplebridge.load.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A Redis of the benchmark's own: in memory, with a password, on a free port of this machine.
final class RedisProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final String PASSWORD = "bench";
    private static final int ATTEMPTS = 100;
    private static final int NAP_MILLIS = 50;

    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static RedisProcess start() throws IOException {
        int port = freePort();
        var process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--requirepass",
                                PASSWORD,
                                "--save",
                                "")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var redis = new RedisProcess(process, port);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                redis.usedBytes();
                return redis;
            } catch (IOException notYet) {
                TelemetryScenario.sleep(NAP_MILLIS);
            }
        }
        redis.close();
        throw new IOException("the Redis of the benchmark did not start");
    }

    String url() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    /// What it says that its data take.
    long usedBytes() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            var question = "AUTH " + PASSWORD + "\r\nINFO memory\r\nQUIT\r\n";
            socket.getOutputStream().write(question.getBytes(UTF_8));
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("used_memory:")) {
                    return Long.parseLong(line.substring("used_memory:".length()).strip());
                }
            }
        }
        throw new IOException("Redis does not say how much memory it uses");
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
