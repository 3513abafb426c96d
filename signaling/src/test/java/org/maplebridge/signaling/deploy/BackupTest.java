package org.maplebridge.signaling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;

/// The rehearsal: people work, a backup is taken, everything is lost, the backup is put back.
class BackupTest {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");

    @TempDir Path here;
    private Path data;
    private Path backups;

    @BeforeEach
    void look() {
        Shell.needs("bash", "tar", "stat");
        data = here.resolve("data");
        backups = here.resolve("backups");
    }

    @Test
    void whatWasThereWhenTheBackupBeganIsThereAgain() throws Exception {
        List<String> orders;
        Path backup;
        try (var node = TestNode.on(data)) {
            orders = place(node, 5);
            keepASound();
            backup = backup();
            place(node, 1); // lost, and rightly so
        }
        destroy(data);

        assertThat(restore(backup).code()).isZero();

        try (var node = TestNode.on(data)) {
            check(node, orders);
        }
        assertThat(data.resolve("voice/2026/01/02/b-1.opus")).hasContent("sound");
        assertThat(data.resolve("demo-password")).hasContent(TestNode.PASSWORD);
    }

    @Test
    void aNodeThatRunsIsNotOverwritten() throws Exception {
        try (var node = TestNode.on(data)) {
            List<String> orders = place(node, 1);
            Path backup = backup();

            for (String how : List.of("--replace", "--data=" + data)) {
                var refused = restore(backup, how);
                assertThat(refused.code()).isEqualTo(2);
                assertThat(refused.said()).contains("a node runs on");
            }
            check(node, orders);
        }
    }

    @Test
    void whatIsThereIsKeptAsideAndOnlyWhenAskedFor() throws Exception {
        try (var node = TestNode.on(data)) {
            place(node, 1);
        }
        Path backup = backup(); // of a node that does not run
        Files.writeString(data.resolve("mine"), "do not lose");

        assertThat(restore(backup).said()).contains("is not empty");
        assertThat(restore(backup, "--replace").code()).isZero();

        assertThat(data.resolve("mine")).doesNotExist();
        try (var files = Files.walk(data)) {
            assertThat(files).anyMatch(file -> file.endsWith("mine"));
        }
    }

    @Test
    void halfABackupIsRefused() throws Exception {
        try (var node = TestNode.on(data)) {
            place(node, 1);
        }
        byte[] whole = Files.readAllBytes(backup());
        Path half = here.resolve("half.tar");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));

        assertThat(Shell.run(program("restore"), half, "--data=" + here.resolve("new")).code())
                .isEqualTo(1);
        assertThat(here.resolve("new")).doesNotExist();
    }

    @Test
    @EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
    void aDatabaseOnAServerComesBackAsWell() throws Exception {
        Shell.needs("pg_dump", "pg_restore", "psql");
        String name = "rehearsal_" + ProcessHandle.current().pid();
        String url = onServer(name);
        String database = "--maplebridge.database.url=" + url;
        sql("create database " + name);
        try {
            List<String> orders;
            Path backup;
            try (var node = TestNode.on(data, database)) {
                orders = place(node, 3);
                backup = backup("--database=" + url);
                assertThat(restore(backup, "--replace", "--database=" + url).said())
                        .contains("somebody works with the database");
            }
            destroy(data);
            sql("drop database " + name);
            sql("create database " + name);

            var restored = restore(backup, "--database=" + url);

            assertThat(restored.code()).as(restored.said()).isZero();
            try (var node = TestNode.on(data, database)) {
                check(node, orders);
            }
            assertThat(restore(backup, "--database=" + url).said()).contains("is not empty");
            var again = restore(backup, "--replace", "--database=" + url);
            assertThat(again.code()).as(again.said()).isZero();
        } finally {
            sql("drop database if exists " + name + " with (force)");
        }
    }

    // ---- what people do
    // --------------------------------------------------------------------------

    private static List<String> place(TestNode node, int count) {
        var placed = new ArrayList<String>();
        try (var room = node.console("xinhe")) {
            room.snapshot();
            for (int number = 0; number < count; number++) {
                String id = UUID.randomUUID().toString();
                assertThat(room.verdict(order(id))).isEqualTo("ok");
                placed.add(id);
            }
        }
        return placed;
    }

    private static OrderPlace order(String id) {
        return new OrderPlace(id, List.of("car1"), null, "立即赶往中心大街", Severity.ORANGE, null);
    }

    private static void check(TestNode node, List<String> orders) {
        for (String id : orders) {
            assertThat(node.get("xinhe", "/api/orders/" + id).statusCode()).isEqualTo(200);
        }
        for (String account : List.of("city", "car1", "admin")) {
            assertThat(node.login(account, TestNode.PASSWORD).statusCode()).isEqualTo(200);
        }
    }

    private void keepASound() throws IOException {
        Path day = Files.createDirectories(data.resolve("voice/2026/01/02"));
        Files.writeString(day.resolve("b-1.opus"), "sound");
    }

    // ---- what the technician does
    // ----------------------------------------------------------------

    private Path backup(String... options) throws Exception {
        var result = call("backup", List.of("--data=" + data, "--to=" + backups), options);
        assertThat(result.code()).as(result.said()).isZero();
        assertThat(data.resolve("backup-wanted")).doesNotExist();
        assertThat(data.resolve("backup.mv.db")).doesNotExist();
        return Path.of(result.said().strip());
    }

    private Shell.Result restore(Path backup, String... options) throws Exception {
        return call("restore", List.of(backup.toString(), "--data=" + data), options);
    }

    private static Shell.Result call(String program, List<String> first, String... more)
            throws Exception {
        var command = new ArrayList<Object>();
        command.add(program(program));
        command.addAll(first);
        command.addAll(List.of(more));
        return Shell.run(Map.of(), command.toArray());
    }

    private static Path program(String name) {
        return Shell.file("bin/" + name);
    }

    private static void destroy(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String onServer(String database) {
        URI server = URI.create(SERVER.substring("jdbc:".length()));
        return "jdbc:postgresql://%s/%s?%s"
                .formatted(server.getAuthority(), database, server.getQuery());
    }

    private static void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(SERVER);
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
