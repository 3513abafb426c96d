package org.maplebridge.load.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.Door;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.TemporaryFolder;
import org.maplebridge.load.measure.ProcessFigures;

/// A Janus of the benchmark's own, from the distribution's package, configured in a folder that
/// goes away with it. It takes no loopback address for media, but what goes to an address of the
/// same machine goes over loopback.
///
/// All that decides about cost is as the package has it.
///
/// Thread: the scenario's.
public final class JanusServer implements RunningServer {
    private static final Path PROGRAM = Path.of("/usr/bin/janus");
    private static final int ATTEMPTS = 200;
    private static final int NAP_NANOS = 50_000_000;

    private final Path folder;
    private final int eventLoops;
    private final Process process;
    private final JanusApi api;
    private final JanusDoor door;

    private JanusServer(Path folder, int eventLoops, Process process, JanusApi api)
            throws IOException {
        this.folder = folder;
        this.eventLoops = eventLoops;
        this.process = process;
        this.api = api;
        awaitOpen();
        this.door = new JanusDoor(api);
    }

    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /// With two event loops, each for many peer connections.
    public static JanusServer loops() throws IOException {
        return start(2);
    }

    /// As the package has it: a thread for each peer connection.
    public static JanusServer unchanged() throws IOException {
        return start(0);
    }

    private static JanusServer start(int eventLoops) throws IOException {
        Path folder = Files.createTempDirectory("janus");
        int port = SharedRecord.freePort();
        configure(folder, port, eventLoops);
        var process =
                new ProcessBuilder(PROGRAM.toString(), "-F", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        var api = new JanusApi(URI.create("http://127.0.0.1:" + port + "/janus"));
        try {
            return new JanusServer(folder, eventLoops, process, api);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException(e.getMessage() + "; " + lastWords(folder), e);
        }
    }

    private static void configure(Path folder, int port, int eventLoops) throws IOException {
        String loops = eventLoops > 0 ? "event_loops = " + eventLoops : "";
        // The other transports and plugins cost nothing, but would look for files that are not
        // here.
        Files.writeString(
                folder.resolve("janus.jcfg"),
                """
                general: {
                    configs_folder = "%s"
                    debug_level = 2
                    session_timeout = 0
                    %s
                }
                media: {
                    ipv6 = false
                }
                transports: {
                    disable = "libjanus_websockets.so,libjanus_pfunix.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_rabbitmq.so"
                }
                plugins: {
                    disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so"
                }
                """
                        .formatted(folder, loops),
                UTF_8);
        Files.writeString(
                folder.resolve("janus.transport.http.jcfg"),
                """
                general: {
                    json = "compact"
                    base_path = "/janus"
                    http = true
                    interface = "lo"
                    port = %d
                    https = false
                }
                """
                        .formatted(port),
                UTF_8);
        Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: {\n}\n", UTF_8);
    }

    private void awaitOpen() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
            try {
                api.ping();
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        throw new IOException("Janus does not answer");
    }

    private static String lastWords(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("log"), UTF_8);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    @Override
    public Door door() {
        return door;
    }

    @Override
    public ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    @Override
    public String describe() throws IOException {
        return "Janus "
                + api.version()
                + (eventLoops > 0 ? ", event_loops = " + eventLoops : ", a thread per connection");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            TemporaryFolder.remove(folder);
        } catch (IOException e) {
            System.err.println("left behind: " + folder + ": " + e.getMessage());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            api.close();
        }
    }
}
