package org.maplebridge.load.incidents;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.measure.ProcessFigures;

/// A record of years: how long a console waits for what its pages ask, in both databases.
final class SizePart implements Part {
    private static final double PROMISED_MS = 200;
    private static final int WARM_UP = 5;

    /// The centre sees all, a town its own.
    private static final List<String> READERS = List.of("city", "xinhe");

    @Override
    public String name() {
        return "size";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) throws IOException {
        var home = Files.createDirectories(folder.resolve("h2"));
        measure(plan, home, Storage.h2(home), findings);
        if (PostgresServer.isInstalled()) {
            var other = Files.createDirectories(folder.resolve("postgres"));
            try (var storage = Storage.postgres()) {
                measure(plan, other, storage, findings);
            }
        } else {
            findings.fault("no PostgreSQL is installed: the size was measured in H2 only");
        }
        for (var key : List.of("inbox", "search", "timeline", "month")) {
            findings.figures().entrySet().stream()
                    .filter(e -> e.getKey().matches("(h2|postgres)_" + key + "_p95_ms"))
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .ifPresent(worst -> findings.figure(key + "_p95_ms", worst));
        }
    }

    private static void measure(Plan plan, Path home, Storage storage, Findings findings)
            throws IOException {
        var key = storage.name();
        long began = System.nanoTime();
        fill(plan, home, storage);
        findings.figure(key + "_load_s", (System.nanoTime() - began) / 1e9);
        overdue(plan, storage, findings);
        began = System.nanoTime();
        try (var node =
                NodeProcess.start(home, "-Xmx1g", storage.properties().toArray(String[]::new))) {
            findings.figure(key + "_start_s", (System.nanoTime() - began) / 1e9);
            ask(plan, storage, node, findings);
            findings.figure(
                    key + "_node_rss_mb", new ProcessFigures(node.pid()).residentMebibytes());
            node.errors().forEach(line -> findings.fault("the node logged: " + line));
        }
    }

    private static void fill(Plan plan, Path home, Storage storage) throws IOException {
        Files.createDirectories(home.resolve("data"));
        storage.open().close(); // makes the schema
        var rooms =
                DemoCounty.organisation().nodes().stream()
                        .filter(node -> node.kind() == OrgNode.Kind.TOWN)
                        .map(node -> node.id().value())
                        .toList();
        try (var connection = storage.connect()) {
            new BulkRecord(connection, rooms, plan.incidents(), plan.journalEntries(), plan.seed())
                    .write();
        } catch (SQLException e) {
            throw new IOException("the record cannot be filled", e);
        }
    }

    /// What every node asks itself again and again, whether somebody looks or not.
    private static void overdue(Plan plan, Storage storage, Findings findings) throws IOException {
        var waits = new ArrayList<Double>();
        try (var record = storage.open()) {
            for (int i = -WARM_UP; i < plan.questions(); i++) {
                long asked = System.nanoTime();
                var unused = record.incidents().overdue(Instant.now(), "ESCALATE", 500);
                if (i >= 0) {
                    waits.add((System.nanoTime() - asked) / 1e6);
                }
            }
        } catch (RecordUnavailable e) {
            throw new IOException("no record", e);
        }
        findings.figure(storage.name() + "_overdue_p95_ms", p95(waits));
    }

    /// All questions in turn, as pages ask them: a database that is asked the same twice may answer
    /// from what it still has in its hands.
    private static void ask(Plan plan, Storage storage, NodeProcess node, Findings findings)
            throws IOException {
        Map<Question, List<Double>> waits = new LinkedHashMap<>();
        try (var door = new NodeDoor(node.uri())) {
            for (var reader : READERS) {
                var token = door.signIn(reader, node.password());
                try (var rest = new RestDoor(node.uri(), token)) {
                    var questions = questions(plan, reader, rest);
                    for (int round = -WARM_UP; round < plan.questions(); round++) {
                        for (var question : questions) {
                            double millis = millis(rest, question, round);
                            if (round >= 0 && millis >= 0) {
                                waits.computeIfAbsent(question, _ -> new ArrayList<>()).add(millis);
                            }
                        }
                    }
                }
            }
        }
        Map<String, List<Double>> about = new LinkedHashMap<>();
        waits.forEach((question, millis) -> {
            about.computeIfAbsent(question.about(), _ -> new ArrayList<>()).addAll(millis);
            sample(storage, question, millis, findings);
        });
        about.forEach((what, millis) ->
                findings.figure(storage.name() + "_" + what + "_p95_ms", p95(millis)));
    }

    /// @return negative when this build does not answer it yet
    private static double millis(RestDoor rest, Question question, int round) throws IOException {
        var path = question.paths().get(Math.floorMod(round, question.paths().size()));
        var reply = rest.get(path);
        if (reply.status() == 404 && question.about().equals("month")) {
            return -1;
        }
        if (!reply.isOk()) {
            throw new IOException(path + " was answered by " + reply.status());
        }
        return reply.nanos() / 1e6;
    }

    private static void sample(
            Storage storage, Question question, List<Double> millis, Findings findings) {
        var sample = new LinkedHashMap<String, Object>();
        sample.put("part", "size");
        sample.put("what", storage.name() + ": " + question.what());
        sample.put("p50_ms", Findings.quantile(sorted(millis), 0.5));
        sample.put("p95_ms", p95(millis));
        sample.put("kept", p95(millis) < PROMISED_MS);
        findings.sample(sample);
    }

    /// What a page asks.
    ///
    /// @param about what it is counted under
    /// @param paths that are asked in turn
    private record Question(String about, String what, List<String> paths) {}

    private static List<Question> questions(Plan plan, String reader, RestDoor rest)
            throws IOException {
        var questions = new ArrayList<Question>();
        var newest = rest.get("/api/incidents?state=all&limit=500").ids();
        if (newest.isEmpty()) {
            throw new IOException(reader + " sees no incident");
        }
        inbox(questions, reader + ", open", "state=open");
        inbox(questions, reader + ", all", "state=all");
        inbox(questions, reader + ", closed", "state=closed");
        inbox(questions, reader + ", open and red", "state=open&severity=red");
        inbox(questions, reader + ", all and red", "state=all&severity=red");
        inbox(questions, reader + ", next page", "state=all&before=" + newest.getLast());
        inbox(
                questions,
                reader + ", a year ago",
                "state=all&before=" + someIds(plan, reader).getFirst());
        for (var word : BulkRecord.WORDS) {
            var q = URLEncoder.encode(word, StandardCharsets.UTF_8);
            for (var state : List.of("all", "open")) {
                questions.add(
                        new Question(
                                "search",
                                reader + ", " + word + " in " + state,
                                List.of("/api/incidents?limit=100&state=" + state + "&q=" + q)));
            }
        }
        var details = new ArrayList<String>();
        var lines = new ArrayList<String>();
        for (var id : someIds(plan, reader)) {
            details.add("/api/incidents/" + id);
            lines.add("/api/incidents/" + id + "/timeline?limit=500");
        }
        questions.add(new Question("details", reader + ", details", details));
        questions.add(new Question("timeline", reader + ", time line", lines));
        var day = LocalDate.now(ZoneOffset.UTC);
        for (var node : List.of("", "&node=xinhe")) {
            questions.add(
                    new Question(
                            "month",
                            reader + ", a month's figures" + node,
                            List.of(
                                    "/api/figures?period=month&from="
                                            + day.minusMonths(1)
                                            + node)));
        }
        return questions;
    }

    private static void inbox(List<Question> questions, String what, String query) {
        questions.add(new Question("inbox", what, List.of("/api/incidents?limit=100&" + query)));
    }

    /// From the middle of the span on, of rooms that this reader sees.
    private static List<String> someIds(Plan plan, String reader) {
        var random = new SplittableRandom(plan.seed());
        var towns =
                DemoCounty.organisation().nodes().stream()
                        .filter(node -> node.kind() == OrgNode.Kind.TOWN)
                        .map(node -> node.id().value())
                        .toList();
        int own = Math.max(0, towns.indexOf(reader));
        var ids = new ArrayList<String>();
        for (int i = 0; i < plan.questions(); i++) {
            int block = plan.incidents() / towns.size() / 2;
            ids.add(BulkRecord.id((block + random.nextInt(block)) * towns.size() + own));
        }
        return ids;
    }

    private static List<Double> sorted(List<Double> values) {
        return values.stream().sorted().toList();
    }

    private static double p95(List<Double> values) {
        return Findings.quantile(sorted(values), 0.95);
    }
}
