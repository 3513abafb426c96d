package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.maplebridge.dispatch.telemetry.Eventually;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/// A real Redis on a port of its own, with a password, that can be killed and started again.
final class RedisServer implements AutoCloseable {
    static final String PASSWORD = "p@ss:wörd/1";

    /// As it has to be written in a URL.
    static final String PASSWORD_IN_URL = "p%40ss%3Aw%C3%B6rd%2F1";

    private final Path folder;
    private final int port;
    private final List<String> more;
    private Process process;

    private RedisServer(Path folder, int port, List<String> more) throws IOException {
        this.folder = folder;
        this.port = port;
        this.more = more;
        process = run();
    }

    static Optional<Path> program() {
        return Stream.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(home -> Path.of(home, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Skips the test where no Redis is installed.
    static RedisServer start(String... more) throws IOException {
        Assumptions.assumeTrue(program().isPresent(), "no redis-server is installed");
        var server =
                new RedisServer(
                        Files.createTempDirectory("maplebridge-redis"), freePort(), List.of(more));
        server.waitUntilItAnswers();
        return server;
    }

    void startAgain() throws IOException {
        process = run();
        waitUntilItAnswers();
    }

    /// As when the power fails.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// As when its disk or its machine hangs: connections stand, nobody answers.
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    /// While it is dead: as with a disk that broke.
    void forgetEverything() throws IOException {
        try (var files = Files.walk(folder.resolve("appendonlydir"))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://:" + PASSWORD_IN_URL + "@127.0.0.1:" + port;
    }

    RedisClient client() {
        return RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(DefaultJedisClientConfig.builder().password(PASSWORD).build())
                .build();
    }

    @Override
    public void close() throws IOException {
        kill();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    private Process run() throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                program().orElseThrow().toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--requirepass",
                                PASSWORD,
                                "--masterauth",
                                PASSWORD,
                                "--dir",
                                folder.toString(),
                                "--save",
                                "",
                                "--appendonly",
                                "yes"));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void waitUntilItAnswers() {
        Eventually.holds(() -> assertThat(answers()).isTrue());
    }

    private boolean answers() {
        try (var client = client()) {
            return client.ping().equals("PONG");
        } catch (JedisException _) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
