package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.objects.ObjectStore;

/// A real S3 server that is not ours (S3Proxy over a folder), in a process of its own: it proves
/// signatures, and a test can end it and start it again.
public final class TestS3 implements AutoCloseable {
    public static final String KEY = "county";
    public static final String SECRET = "a secret of the county";
    public static final String BUCKET = "recordings-test";

    private static final Path PROGRAM = Path.of("target", "s3proxy", "s3proxy.jar");

    private final Path folder;
    private final int port;
    private final @Nullable Path keystore;
    private Process process;

    private TestS3(Path folder, int port, @Nullable Path keystore) throws IOException {
        this.folder = folder;
        this.port = port;
        this.keystore = keystore;
        Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
        process = run();
    }

    public static TestS3 startIn(Path folder) throws IOException {
        return new TestS3(folder, freePort(), null);
    }

    /// By TLS alone, with a key of 127.0.0.1; what it is asked stands in its log.
    ///
    /// @param keystore PKCS #12, opened by [#SECRET]
    static TestS3 secured(Path folder, Path keystore) throws IOException {
        return new TestS3(folder, freePort(), keystore);
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("s3proxy.log"));
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public void startAgain() throws IOException {
        process = run();
    }

    public int port() {
        return port;
    }

    S3Place place() {
        return place(port, SECRET, BUCKET);
    }

    static S3Place place(int port, String secret, String bucket) {
        var endpoint = URI.create("http://127.0.0.1:" + port);
        return new S3Place(endpoint, "us-east-1", bucket, "r/", true, KEY, secret, null);
    }

    /// The store as nodes ask it.
    public ObjectStore open() throws IOException {
        return open(port);
    }

    /// The same by another line.
    public static ObjectStore open(int port) throws IOException {
        return new S3Objects(place(port, SECRET, BUCKET));
    }

    /// What a node is told of it.
    public List<String> settings() {
        return List.of(
                "--maplebridge.object-store.endpoint=http://127.0.0.1:" + port,
                "--maplebridge.object-store.bucket=" + BUCKET,
                "--maplebridge.object-store.prefix=r/",
                "--maplebridge.object-store.access-key=" + KEY,
                "--maplebridge.object-store.secret-key=" + SECRET);
    }

    /// Where it keeps an object.
    public Path file(String name) {
        return folder.resolve("objects").resolve(BUCKET).resolve("r").resolve(name);
    }

    /// All objects that it has.
    public List<Path> files() throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.walk(folder.resolve("objects").resolve(BUCKET))) {
            all.filter(Files::isRegularFile).forEach(found::add);
        }
        return found;
    }

    @Override
    public void close() {
        kill();
    }

    private Process run() throws IOException {
        var settings = folder.resolve("s3proxy.properties");
        Files.writeString(
                settings,
                """
                %s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.identity=none
                jclouds.credential=none
                jclouds.filesystem.basedir=%s
                """
                        .formatted(endpoint(), KEY, SECRET, folder.resolve("objects")));
        var started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-DLOG_LEVEL=" + (keystore == null ? "info" : "trace"),
                                "-jar",
                                PROGRAM.toAbsolutePath().toString(),
                                "--properties",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("s3proxy.log").toFile())
                        .start();
        Eventually.holds(() -> answers(started));
        return started;
    }

    private String endpoint() {
        return keystore == null
                ? "s3proxy.endpoint=http://127.0.0.1:" + port
                : """
                s3proxy.secure-endpoint=https://127.0.0.1:%d
                s3proxy.keystore-path=%s
                s3proxy.keystore-password=%s\
                """
                        .formatted(port, keystore, SECRET);
    }

    private boolean answers(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("see " + folder.resolve("s3proxy.log"));
        }
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
