package org.maplebridge.load.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.maplebridge.load.client.Door;
import org.maplebridge.load.compare.RunningServer;
import org.maplebridge.load.measure.ProcessFigures;

/// The server under test in a JVM of its own, spoken to over its standard streams.
///
/// Thread: the scenario's.
final class ServerProcess implements Door, RunningServer {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ServerProcess(Process process) {
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ServerProcess start() throws IOException {
        return start(System.getProperty("bench.server.flags", ""), "");
    }

    /// As [#start], but with what the properties `bench.other.flags` (of the JVM) and
    /// `bench.other.classes` (found before all others) say: what a change is measured against.
    static ServerProcess startOther() throws IOException {
        return start(
                System.getProperty("bench.other.flags", ""),
                System.getProperty("bench.other.classes", ""));
    }

    private static ServerProcess start(String flags, String classes) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseG1GC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dice4j.software="));
        command.addAll(
                Arrays.stream(flags.split(" ", -1)).filter(flag -> !flag.isBlank()).toList());
        String all = System.getProperty("java.class.path");
        command.addAll(
                List.of("-cp", classes.isEmpty() ? all : classes + File.pathSeparator + all));
        command.add(RelayUnderTest.class.getName());
        var server =
                new ServerProcess(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        server.readAnswer();
        return server;
    }

    @Override
    public ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    @Override
    public Door door() {
        return this;
    }

    @Override
    public String describe() throws IOException {
        var figures = ServerFigures.parse(ask("figures"));
        return figures.text("sender") + ", " + figures.text("cipher");
    }

    /// As when the power fails.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public String publish(String leg, String source, String offer) throws IOException {
        return decoded(ask("publish " + leg + " " + source + " " + encoded(offer)));
    }

    @Override
    public String play(String leg, String source, String offer) throws IOException {
        return decoded(ask("play " + leg + " " + source + " " + encoded(offer)));
    }

    @Override
    public void leave(String leg) throws IOException {
        String unused = ask("leave " + leg);
    }

    /// Sends a command.
    ///
    /// @return what follows the `ok`
    /// @throws IOException when the server refuses or is gone
    String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return readAnswer();
    }

    private String readAnswer() throws IOException {
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the server under test is gone");
            }
            if (line.equals("ok") || line.startsWith("ok ")) {
                return line.substring(2).strip();
            }
            if (line.startsWith("refused ")) {
                throw new IOException(line);
            }
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    /// Lets the server stop by itself, for a few seconds.
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
