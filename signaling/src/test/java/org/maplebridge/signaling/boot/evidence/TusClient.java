package org.maplebridge.signaling.boot.evidence;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.boot.TestNode;

/// Sends pictures as pages do, and as no page would.
final class TusClient {
    private final TestNode node;
    private final @Nullable String account;
    private final String home;

    private TusClient(TestNode node, @Nullable String account, String home) {
        this.node = node;
        this.account = account;
        this.home = home;
    }

    static TusClient person(TestNode node, String account) {
        return new TusClient(node, account, "/api/uploads");
    }

    static TusClient citizen(TestNode node, String receipt) {
        return new TusClient(node, null, "/api/public/reports/" + receipt + "/uploads");
    }

    /// A report of one citizen, each time another one.
    static String receipt(TestNode node, String code) {
        var report =
                Map.of(
                        "code",
                        code,
                        "clientId",
                        UUID.randomUUID().toString(),
                        "text",
                        "路面有坑 " + UUID.randomUUID());
        var answer =
                node.send(
                        node.request("/api/public/reports")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(TestNode.text(report))));
        return TestNode.json(answer).get("receipt").asString();
    }

    HttpRequest.Builder request(String path) {
        var request = account == null ? node.request(path) : node.as(account, path);
        return request.header("Tus-Resumable", "1.0.0");
    }

    HttpResponse<String> begin(byte[] file, String type, Map<String, String> more) {
        var said = new TreeMap<>(more);
        said.putIfAbsent("filetype", type);
        said.putIfAbsent("sha256", sha256(file));
        return begin(file.length, said);
    }

    HttpResponse<String> begin(long length, Map<String, String> said) {
        String metadata =
                said.entrySet().stream()
                        .map(pair -> pair.getKey() + " " + base64(pair.getValue()))
                        .collect(Collectors.joining(","));
        return node.send(
                request(home)
                        .header("Upload-Length", Long.toString(length))
                        .header("Upload-Metadata", metadata)
                        .POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> append(String location, long offset, byte[] piece) {
        return node.send(piece(location, offset, piece));
    }

    HttpRequest.Builder piece(String location, long offset, byte[] piece) {
        return request(location)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", BodyPublishers.ofByteArray(piece));
    }

    HttpResponse<String> head(String location) {
        return node.send(request(location).method("HEAD", BodyPublishers.noBody()));
    }

    /// All of it by one piece.
    HttpResponse<String> send(byte[] file, String type, Map<String, String> more) {
        var begun = begin(file, type, more);
        return begun.statusCode() == 201 ? append(location(begun), 0, file) : begun;
    }

    static String location(HttpResponse<String> begun) {
        return begun.headers().firstValue("Location").orElseThrow();
    }

    static String id(HttpResponse<String> begun) {
        String location = location(begun);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    static long offset(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    /// As a browser gives it.
    static String sha256(byte[] file) {
        return Sums.sha256(file);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
