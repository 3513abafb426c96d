package org.maplebridge.signaling.boot.mediation;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// A gateway to the telephone network, for tests.
final class Gateway {
    static final String CALLS = "/api/telephone/calls";

    private final TestNode node;
    final String key;
    private long seen;

    Gateway(TestNode node) {
        this.node = node;
        this.key = key(node, "telephone");
        calls();
    }

    static String key(TestNode node, String scope) {
        var made =
                node.post(
                        "admin",
                        "/api/keys",
                        Map.of("name", scope, "scopes", List.of(scope), "units", List.of("*")));
        return TestNode.json(made).get("token").asString();
    }

    JsonNode calls() {
        var answer = node.send(node.bearer(key, CALLS).GET());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        var all = TestNode.json(answer);
        seen = all.get("seen").asLong();
        return all.get("calls");
    }

    /// As a gateway asks: waits until something is another than it has seen.
    JsonNode await(Predicate<JsonNode> wanted) {
        for (int i = 0; i < 40; i++) {
            var answer = node.send(node.bearer(key, CALLS + "?wait=2&seen=" + seen).GET());
            var all = TestNode.json(answer);
            seen = all.get("seen").asLong();
            for (var call : all.get("calls")) {
                if (wanted.test(call)) {
                    return call;
                }
            }
        }
        throw new AssertionError("no such call: " + calls());
    }

    Optional<JsonNode> find(String id) {
        for (var call : calls()) {
            if (call.get("id").asString().equals(id)) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }

    JsonNode placed(String number) {
        return await(call -> call.has("number") && number.equals(call.get("number").asString()));
    }

    HttpResponse<String> say(String path, Map<String, String> body) {
        return node.send(
                node.bearer(key, CALLS + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TestNode.text(body))));
    }

    String state(String id, String state) {
        return code(say("/" + id + "/state", Map.of("state", state)));
    }

    String keys(String id, String keys) {
        return code(say("/" + id + "/keys", Map.of("keys", keys)));
    }

    /// The refusal's code; `ok` when it was none.
    static String code(HttpResponse<String> answer) {
        return answer.statusCode() < 300 ? "ok" : TestNode.json(answer).get("code").asString();
    }

    HttpResponse<String> connect(String id, int ears) {
        return node.send(
                node.bearer(key, CALLS + "/" + id + "/media")
                        .header("Content-Type", "application/sdp")
                        .POST(BodyPublishers.ofString(offer(ears))));
    }

    /// From the call to the seat.
    void seat(String id) {
        for (var step :
                List.of(
                        state(id, "dialling"),
                        state(id, "ringing"),
                        state(id, "answered"),
                        keys(id, "1"),
                        keys(id, "1"))) {
            if (!step.equals("ok")) {
                throw new AssertionError(step);
            }
        }
        var answer = connect(id, 7);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
        Eventually.holds(() -> !find(id).orElseThrow().get("connect").asBoolean());
    }

    private static String offer(int ears) {
        var rest =
                IntStream.range(1, ears)
                        .mapToObj(i ->
                                "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:e"
                                        + i
                                        + "\r\na=recvonly\r\n")
                        .collect(Collectors.joining());
        return "v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                + "a=fingerprint:sha-256 AB:CD\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:e0\r\n"
                + "a=sendrecv\r\n"
                + rest;
    }
}
