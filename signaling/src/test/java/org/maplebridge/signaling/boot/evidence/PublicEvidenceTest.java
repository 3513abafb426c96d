package org.maplebridge.signaling.boot.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;

/// Citizens without an account send pictures with their reports: whole, in pieces, over lost lines,
/// and everything that is no picture.
class PublicEvidenceTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir static Path data;
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.on(data, "--maplebridge.intake.reports-per-address=1000");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private String receipt = "";
    private TusClient citizen;

    @BeforeEach
    void report() {
        receipt = TusClient.receipt(node, "xinhe");
        citizen = TusClient.citizen(node, receipt);
    }

    @Test
    void aPictureComesInPiecesAndIsThereOnce() throws IOException, RecordUnavailable {
        byte[] file = Snapshots.jpeg(1);
        var begun = citizen.begin(file, "image/jpeg", Map.of("filename", "IMG 1.jpg"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(begun.headers().firstValue("Upload-Expires")).isPresent();
        String at = TusClient.location(begun);
        assertThat(list()).contains("\"arrived\":false");

        var half = citizen.append(at, 0, Arrays.copyOf(file, 300));
        assertThat(half.statusCode()).as(half.body()).isEqualTo(204);
        assertThat(TusClient.offset(half)).isEqualTo(300);
        var head = citizen.head(at);
        assertThat(TusClient.offset(head)).isEqualTo(300);
        assertThat(head.headers().firstValueAsLong("Upload-Length")).hasValue(file.length);
        assertThat(head.headers().firstValue("Cache-Control")).contains("no-store");

        refused(citizen.append(at, 0, file), 409, "wrong-offset");
        refused(citizen.append(at, 301, new byte[1]), 409, "wrong-offset");
        var again = citizen.begin(file, "image/jpeg", NONE);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TusClient.location(again)).isEqualTo(at);
        assertThat(TusClient.offset(again)).isEqualTo(300);

        byte[] rest = Arrays.copyOfRange(file, 300, file.length);
        var done = citizen.append(at, 300, rest);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
        assertThat(TusClient.offset(done)).isEqualTo(file.length);
        assertThat(TusClient.offset(citizen.head(at))).isEqualTo(file.length);
        assertThat(citizen.append(at, file.length, new byte[0]).statusCode()).isEqualTo(204);
        assertThat(TusClient.offset(citizen.begin(file, "image/jpeg", NONE)))
                .isEqualTo(file.length);
        assertThat(list()).contains("\"arrived\":true").doesNotContain("sha256", "href");

        var record = node.bean("recordStores", RecordStores.class);
        var report = record.reports().byReceipt(receipt).orElseThrow();
        var kept = record.evidence().of(report.id(), 9).getFirst();
        assertThat(Files.readAllBytes(data.resolve("evidence").resolve(kept.file())))
                .isEqualTo(file);
        assertThat(kept.sender().payer()).isEmpty();
        assertThat(unfinished()).doesNotContain(kept.id().value());
    }

    @Test
    void whatALostLineBroughtStaysAndAnOlderRequestWritesNothingMore() throws Exception {
        byte[] file = Snapshots.png(2);
        String at = TusClient.location(citizen.begin(file, "image/png", NONE));
        try (var first = new Socket("127.0.0.1", node.port());
                var second = new Socket("127.0.0.1", node.port())) {
            sendPart(first, at, 0, file.length, Arrays.copyOf(file, 200));
            Eventually.holds(() -> sizeOf(at) == 200);
            assertThat(TusClient.offset(citizen.head(at))).isEqualTo(200);
            sendPart(second, at, 200, file.length - 200, Arrays.copyOfRange(file, 200, 250));
            Eventually.holds(() -> sizeOf(at) == 250);
            first.getOutputStream().write(Arrays.copyOfRange(file, 200, 230));
            first.getOutputStream().flush();
            var late = new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(late).isEqualTo("HTTP/1.1 409");
        }
        assertThat(TusClient.offset(citizen.head(at))).isEqualTo(250);
        byte[] rest = Arrays.copyOfRange(file, 250, file.length);
        assertThat(citizen.append(at, 250, rest).statusCode()).isEqualTo(204);
        assertThat(list()).contains("\"arrived\":true");
    }

    @Test
    void aPieceThatWasAddedUpIsTakenOnlyWhole() {
        byte[] file = Snapshots.jpeg(3);
        String at = TusClient.location(citizen.begin(file, "image/jpeg", NONE));
        byte[] piece = Arrays.copyOf(file, 100);
        String sum = "sha256 " + base64(TusClient.sha256(piece));
        var wrong = citizen.piece(at, 0, Arrays.copyOfRange(file, 1, 101));
        refused(node.send(wrong.header("Upload-Checksum", sum)), 460, "wrong-checksum");
        assertThat(TusClient.offset(citizen.head(at))).isZero();
        var right = citizen.piece(at, 0, piece).header("Upload-Checksum", sum);
        assertThat(node.send(right).statusCode()).isEqualTo(204);
        for (var bad : List.of("md5 AAAA", "sha256", "sha256 !!")) {
            var piece2 = citizen.piece(at, 100, new byte[1]).header("Upload-Checksum", bad);
            assertThat(node.send(piece2).statusCode()).as(bad).isIn(400, 460);
        }
        assertThat(TusClient.offset(citizen.head(at))).isEqualTo(100);
    }

    @Test
    void whatIsNoPictureIsRefusedByNameAndNothingOfItStays() {
        var others =
                Map.of(
                        "html", "<html><script>alert(1)</script></html>".repeat(9),
                        "svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>".repeat(9),
                        "zip", "PK\u0003\u0004".repeat(90));
        others.forEach((name, text) -> {
            byte[] file = text.getBytes(StandardCharsets.ISO_8859_1);
            var begun = citizen.begin(file, "image/jpeg", Map.of("filename", name + ".jpg"));
            String at = TusClient.location(begun);
            refused(citizen.append(at, 0, Arrays.copyOf(file, 100)), 422, "wrong-type");
            assertThat(citizen.head(at).statusCode()).isEqualTo(404);
        });
        byte[] other = Snapshots.png(4);
        refused(citizen.send(other, "image/jpeg", NONE), 422, "wrong-type");
        byte[] stub = Arrays.copyOf(Snapshots.jpeg(4), 30);
        refused(citizen.send(stub, "image/jpeg", NONE), 422, "wrong-type");

        byte[] good = Snapshots.jpeg(5);
        var lie = Map.of("sha256", TusClient.sha256(other));
        refused(citizen.send(good, "image/jpeg", lie), 422, "wrong-hash");

        byte[] bomb = Snapshots.png(6);
        bomb[16] = 0x7f; // two thousand million pixels wide
        refused(citizen.send(bomb, "image/png", NONE), 422, "too-many-pixels");
        assertThat(list()).isEqualTo("[]");
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void whatIsAnnouncedIsLookedAtFirst() {
        byte[] file = Snapshots.jpeg(7);
        var hash = TusClient.sha256(file);
        var said = Map.of("filetype", "image/jpeg", "sha256", hash);
        refused(citizen.begin((15 << 20) + 1, said), 413, "too-large");
        refused(citizen.begin(0, said), 400, "malformed");
        refused(citizen.begin(10, Map.of("filetype", "image/jpeg")), 400, "malformed");
        for (var type : List.of("image/svg+xml", "text/html", "image/heic", "")) {
            var wrong = Map.of("filetype", type, "sha256", hash);
            refused(citizen.begin(10, wrong), 415, "unsupported-type");
        }
        for (var name : List.of("../../etc/passwd", "a/b.jpg", "C:\\a.jpg", "..")) {
            var wrong = Map.of("filetype", "image/jpeg", "sha256", hash, "filename", name);
            refused(citizen.begin(10, wrong), 400, "bad-name");
        }
        var home = "/api/public/reports/" + receipt + "/uploads";
        var unversioned = node.request(home).POST(BodyPublishers.noBody());
        refused(node.send(unversioned), 412, "unsupported-version");
        for (var header : List.of("x", "filetype !!!", "a YQ==,a YQ==")) {
            var bad =
                    citizen.request(home)
                            .header("Upload-Length", "10")
                            .header("Upload-Metadata", header)
                            .POST(BodyPublishers.noBody());
            assertThat(node.send(bad).statusCode()).as(header).isIn(400, 415);
        }
        var numberless =
                citizen.request(home)
                        .header("Upload-Length", "-5")
                        .header("Upload-Metadata", "a YQ==")
                        .POST(BodyPublishers.noBody());
        refused(node.send(numberless), 400, "malformed");
        var options = node.request(home).method("OPTIONS", BodyPublishers.noBody());
        assertThat(node.send(options).headers().firstValue("Tus-Extension"))
                .hasValueSatisfying(e -> assertThat(e).contains("creation", "checksum"));
    }

    @Test
    void noMoreComesThanWasAnnounced() {
        byte[] file = Snapshots.jpeg(8);
        String at = TusClient.location(citizen.begin(file, "image/jpeg", NONE));
        byte[] more = Arrays.copyOf(file, file.length + 1);
        refused(citizen.append(at, 0, more), 413, "too-large");
        var unsaid =
                citizen.request(at)
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", "0")
                        .method(
                                "PATCH",
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)));
        refused(node.send(unsaid), 413, "too-large");
        assertThat(TusClient.offset(citizen.head(at))).isZero();
        var json = citizen.request(at).header("Upload-Offset", "0");
        json.header("Content-Type", "application/json");
        refused(
                node.send(json.method("PATCH", BodyPublishers.ofString("{}"))),
                415,
                "unsupported-media-type");
        assertThat(citizen.append(at, 0, file).statusCode()).isEqualTo(204);
    }

    @Test
    void onlyWhoHasTheReceiptGoesOnAndThereAreNoMoreThanFive() {
        byte[] file = Snapshots.jpeg(9);
        String at = TusClient.location(citizen.begin(file, "image/jpeg", NONE));
        var other = TusClient.receipt(node, "xinhe");
        var stranger = TusClient.citizen(node, other);
        var elsewhere = at.replace(receipt, other);
        refused(stranger.append(elsewhere, 0, file), 404, "unknown-upload");
        assertThat(stranger.head(elsewhere).statusCode()).isEqualTo(404);
        var guess = TusClient.citizen(node, "0".repeat(32));
        refused(guess.begin(file, "image/jpeg", NONE), 404, "unknown-receipt");
        refused(citizen.append(at + "x", 0, file), 404, "unknown-upload");

        var gone = node.send(citizen.request(at).DELETE());
        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(citizen.head(at).statusCode()).isEqualTo(404);
        for (int i = 0; i < 5; i++) {
            var sent = citizen.send(Snapshots.jpeg(100 + i), "image/jpeg", NONE);
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
        }
        refused(citizen.begin(file, "image/jpeg", NONE), 409, "too-many");
    }

    @Test
    void oneAddressHasNoMoreThanThreeVideosUnfinished() {
        long most = 100 << 20;
        var begun = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var other = TusClient.citizen(node, TusClient.receipt(node, "xinhe"));
            var answer = other.begin(most, video(i));
            if (answer.statusCode() == 201) {
                begun.add(TusClient.location(answer));
            } else {
                refused(answer, 409, "too-much-unfinished");
            }
        }
        assertThat(begun).hasSizeBetween(2, 3); // pictures of other tests count as well
        for (var at : begun) {
            assertThat(node.send(citizen.request(at).DELETE()).statusCode()).isEqualTo(204);
        }
    }

    private static Map<String, String> video(int seed) {
        return Map.of(
                "filetype", "video/mp4", "sha256", TusClient.sha256(new byte[] {(byte) seed}));
    }

    @Test
    void aPictureOnTheWayGoesOnAfterARestart(@TempDir Path other) {
        byte[] file = Snapshots.jpeg(10);
        String receipt;
        String at;
        try (var before = TestNode.on(other)) {
            receipt = TusClient.receipt(before, "xinhe");
            var client = TusClient.citizen(before, receipt);
            at = TusClient.location(client.begin(file, "image/jpeg", NONE));
            client.append(at, 0, Arrays.copyOf(file, 200));
        }
        try (var after = TestNode.on(other)) {
            var client = TusClient.citizen(after, receipt);
            assertThat(TusClient.offset(client.head(at))).isEqualTo(200);
            byte[] rest = Arrays.copyOfRange(file, 200, file.length);
            assertThat(client.append(at, 200, rest).statusCode()).isEqualTo(204);
        }
    }

    private static void sendPart(Socket line, String path, long offset, long length, byte[] part)
            throws IOException {
        var head =
                """
                PATCH %s HTTP/1.1
                Host: 127.0.0.1
                Tus-Resumable: 1.0.0
                Content-Type: application/offset+octet-stream
                Upload-Offset: %d
                Content-Length: %d

                """
                        .formatted(path, offset, length)
                        .replace("\n", "\r\n");
        var out = line.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(part);
        out.flush();
    }

    private static long sizeOf(String location) {
        var part = data.resolve("evidence/unfinished").resolve(Path.of(location).getFileName());
        try {
            return Files.exists(part) ? Files.size(part) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static List<String> unfinished() {
        try (var files = Files.list(data.resolve("evidence/unfinished"))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String list() {
        return node.send(node.request("/api/public/reports/" + receipt + "/uploads").GET()).body();
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
