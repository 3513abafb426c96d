package org.maplebridge.load.ground;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A Redis of the benchmark's own: in memory, with a password, on a free port; stopped, it has lost
/// everything.
///
/// Thread: the scenario's.
public final class RedisServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final String PASSWORD = "bench";
    private static final int ATTEMPTS = 100;
    private static final int NAP_NANOS = 50_000_000;

    private final String address;
    private final int port;
    private Process process;

    private RedisServer(String address, int port, Process process) {
        this.address = address;
        this.port = port;
        this.process = process;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /// @param address where it listens
    public static RedisServer start(String address) throws IOException {
        int port = SharedRecord.freePort();
        var redis = new RedisServer(address, port, launch(address, port));
        redis.awaitOpen();
        return redis;
    }

    private static Process launch(String address, int port) throws IOException {
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        address,
                        "--requirepass",
                        PASSWORD,
                        "--save",
                        "")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitOpen() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                usedBytes();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        close();
        throw new IOException("the Redis of the benchmark did not start");
    }

    /// As when the power fails.
    public void stop() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Empty, where it was.
    public void startAgain() throws IOException {
        process = launch(address, port);
        awaitOpen();
    }

    public String url() {
        return "redis://:" + PASSWORD + "@" + address + ":" + port;
    }

    public long pid() {
        return process.pid();
    }

    /// What it says that its data take.
    public long usedBytes() throws IOException {
        return number("INFO memory", "used_memory:");
    }

    /// Entries of a stream.
    public long entries(String stream) throws IOException {
        return number("XLEN " + stream, ":");
    }

    /// @param before what stands before the number, on the first line that begins so
    private long number(String question, String before) throws IOException {
        try (var socket = new Socket(address, port);
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            var commands = "AUTH " + PASSWORD + "\r\n" + question + "\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(UTF_8));
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(before)) {
                    return Long.parseLong(line.substring(before.length()).strip());
                }
            }
        }
        throw new IOException("Redis does not answer " + question);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
