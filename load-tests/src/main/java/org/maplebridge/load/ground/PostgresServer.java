package org.maplebridge.load.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A PostgreSQL of the scenario's own, durable as it comes, that can be stopped as when its power
/// fails, started again, and frozen for a moment as by a disk that does not answer.
///
/// It refuses to run as root, so it runs as somebody else.
///
/// Thread: the scenario's.
public final class PostgresServer implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    /// Ways to be somebody else; the first that works here is taken.
    private static final List<List<String>> SOMEBODY_ELSE =
            List.of(
                    List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"),
                    List.of("unshare", "--user", "--map-user=65534", "--map-group=65534"));

    private final List<String> as;
    private final Path programs;
    private final Path home;
    private final String address;
    private final int port;

    private PostgresServer(List<String> as, Path programs, Path home, String address, int port) {
        this.as = as;
        this.programs = programs;
        this.home = home;
        this.address = address;
        this.port = port;
    }

    public static boolean isInstalled() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// An empty one.
    ///
    /// @param address where it listens
    public static PostgresServer start(String address) throws IOException {
        var as = who();
        Path home = Files.createTempDirectory("maplebridge-postgres");
        if (as.getFirst().equals("setpriv")) {
            var users = home.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(home, users.lookupPrincipalByName(USER));
        }
        var server =
                new PostgresServer(
                        as,
                        programs().orElseThrow(() -> new IOException("no PostgreSQL is installed")),
                        home,
                        address,
                        SharedRecord.freePort());
        server.run(
                "initdb",
                "-U",
                USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        Files.writeString(home.resolve("data/pg_hba.conf"), "host all all samenet trust\n");
        server.start();
        return server;
    }

    /// @return what is said before a command, so that it is not run as root
    private static List<String> who() throws IOException {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root) {
            return List.of("env");
        }
        return SOMEBODY_ELSE.stream()
                .filter(as -> Command.works(and(as, "true")))
                .findFirst()
                .orElseThrow(() -> new IOException("PostgreSQL would have to run as root"));
    }

    public String url() {
        return "jdbc:postgresql://" + address + ":" + port + "/postgres?user=" + USER;
    }

    /// Returns when it answers.
    public void start() throws IOException {
        run(
                "pg_ctl",
                "-w",
                "-l",
                home.resolve("log").toString(),
                "-o",
                "-p %d -c listen_addresses=%s -c unix_socket_directories= -c max_connections=100"
                        .formatted(port, address),
                "start");
    }

    /// As when the power fails.
    public void stop() throws IOException {
        run("pg_ctl", "-m", "immediate", "stop");
    }

    /// Nothing is answered until [#thaw].
    public void freeze() throws IOException {
        signal("STOP");
    }

    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        var first = Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst();
        var postmaster = ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
        var command = new ArrayList<>(List.of("kill", "-" + name, first.strip()));
        postmaster.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
        Command.works(command); // one of them may have ended meanwhile
    }

    private void run(String program, String... words) throws IOException {
        var command = and(as, programs.resolve(program).toString(), "-D", home + "/data");
        command.addAll(List.of(words));
        Command.run(command);
    }

    private static List<String> and(List<String> some, String... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(home.resolve("data/postmaster.pid"))) {
            stop();
        }
        TemporaryFolder.remove(home);
    }
}
