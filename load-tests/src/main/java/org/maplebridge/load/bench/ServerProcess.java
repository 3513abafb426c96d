package org.maplebridge.load.bench;

import java.io.BufferedReader;
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
import org.maplebridge.load.measure.ProcessFigures;

/// The server under test in a JVM of its own, spoken to over its standard streams.
///
/// Thread: the scenario's.
final class ServerProcess implements Door, AutoCloseable {
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
                Arrays.stream(System.getProperty("bench.server.flags", "").split(" ", -1))
                        .filter(flag -> !flag.isBlank())
                        .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(RelayUnderTest.class.getName());
        var server =
                new ServerProcess(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start());
        server.readAnswer();
        return server;
    }

    ProcessFigures figures() {
        return new ProcessFigures(process.pid());
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
