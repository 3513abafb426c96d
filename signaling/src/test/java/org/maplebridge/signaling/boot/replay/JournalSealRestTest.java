package org.maplebridge.signaling.boot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.replay.chain.JournalSealer;
import tools.jackson.databind.JsonNode;

/// The journal's chain over REST, and in a package that was exported.
class JournalSealRestTest {
    private final TestNode node = TestNode.shared();
    private final JournalSealer sealer = node.bean("journalSealer", JournalSealer.class);
    @TempDir Path folder;

    @Test
    void onlyWhoExaminesAsks() {
        for (var path : List.of("/api/journal/head", "/api/journal/check")) {
            assertThat(node.get("xinhe", path).statusCode()).as(path).isEqualTo(403);
            assertThat(node.get("car1", path).statusCode()).as(path).isEqualTo(403);
            assertThat(node.send(node.request(path)).statusCode()).as(path).isEqualTo(401);
            assertThat(node.get("admin", path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void badQuestionsAreRefused() {
        for (var question :
                List.of("from=0", "from=x", "keys=abc", "kept=1", "kept=x:" + "0".repeat(64))) {
            var answer = node.get("admin", "/api/journal/check?" + question);
            assertThat(answer.statusCode()).as(question).isEqualTo(400);
        }
    }

    @Test
    void allThatThisNodeWroteIsAsItWasSealed() throws Exception {
        open();
        assertThat(sealer.sealNow()).isTrue();
        var head = json("/api/journal/head").get("head");
        var kept = head.get("number").asString() + ":" + head.get("hash").asString();
        var keys = TestNode.json(node.get("admin", "/api/seal")).get("key").asString();
        assertThat(head.get("key").asString()).isEqualTo(keys);
        long entries = 0;
        for (var from = "1"; from != null; ) {
            var step =
                    json("/api/journal/check?kept=%s&keys=%s&from=%s".formatted(kept, keys, from));
            assertThat(step.get("faults")).isEmpty();
            assertThat(step.get("keys")).hasSize(1);
            entries += step.get("entries").asLong();
            from = step.hasNonNull("next") ? step.get("next").asString() : null;
        }
        assertThat(entries).isGreaterThanOrEqualTo(head.get("entries").asLong());
        var lie = json("/api/journal/check?kept=1:" + "0".repeat(64)).get("faults").get(0);
        assertThat(lie.get("kind").asString()).isEqualTo("notAsKept");
        assertThat(lie.get("block").asLong()).isEqualTo(1);
    }

    @Test
    void aPackageProvesItsPartOfTheJournal() throws Exception {
        var id = open();
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var order = UUID.randomUUID().toString();
            room.verdict(new OrderPlace(order, List.of("car1"), null, "去", Severity.ORANGE, id));
        }
        var zip = folder.resolve("incident.zip");
        var request = node.as("city", "/api/incidents/" + id + "/export").GET().build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofFile(zip));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        var source = folder.resolve("VerifyPackage.java");
        try (var read = new ZipFile(zip.toFile())) {
            Files.write(
                    source,
                    read.getInputStream(read.getEntry("VerifyPackage.java")).readAllBytes());
        }
        var out = folder.resolve("out");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(java, source.toString(), zip.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out))
                .contains("OK     everything", "entries of the journal as they were sealed: 2")
                .doesNotContain("not sealed yet");
    }

    private JsonNode json(String path) {
        var answer = node.get("admin", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private String open() {
        var report =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "title",
                        "集市打架",
                        "severity",
                        "red",
                        "place",
                        "新河集市");
        var answer = node.post("xinhe", "/api/incidents", report);
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestNode.json(answer).get("id").asString();
    }
}
