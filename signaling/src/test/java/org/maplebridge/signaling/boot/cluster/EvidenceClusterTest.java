package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.evidence.Sums;

/// A picture lies on the node that it was sent to: the others say where, and its page shows it from
/// there.
class EvidenceClusterTest extends ClusterCase {
    private static final String PICTURE =
            "\u00ff\u00d8\u00ff\u00c0\0\u000b\u0008\0\u0010\0\u0010\1\1\u0011\0\u00ff\u00d9";

    EvidenceClusterTest() {
        super(2);
    }

    @Test
    void whatOneNodeHasTheOtherNames() {
        Eventually.holds(() ->
                node(0).get("admin", "/api/nodes").body().contains(address(1))
                        && node(1).get("admin", "/api/nodes").body().contains(address(0)));
        String incident = incident();
        var begun = begin(node(0), incident);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        String at = begun.headers().firstValue("Location").orElseThrow();

        assertElsewhere(begin(node(1), incident));
        assertElsewhere(append(node(1), at));
        assertThat(append(node(0), at).statusCode()).isEqualTo(204);

        var there = node(1).get("xinhe", "/api/incidents/" + incident + "/evidence");
        String href = TestNode.json(there).get(0).get("href").asString();
        assertThat(href).startsWith(address(0));
        var shown = node(0).send(node(0).request(href.substring(address(0).length())).GET());
        assertThat(shown.statusCode()).as("the other node's ticket holds").isEqualTo(200);
        String id = TestNode.json(there).get(0).get("id").asString();
        assertElsewhere(node(1).get("xinhe", "/api/evidence/" + id));

        node(0).bus().close();
        Eventually.holds(() -> node(1).bus().nodes().present().size() == 1);
        Eventually.holds(
                () -> node(1).get("xinhe", "/api/evidence/" + id).body().contains("holder-away"));
    }

    private void assertElsewhere(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        var problem = TestNode.json(answer);
        assertThat(problem.get("code").asString()).isEqualTo("held-elsewhere");
        assertThat(problem.get("url").asString()).isEqualTo(address(0));
    }

    private String address(int index) {
        return "http://127.0.0.1:" + node(index).port();
    }

    private String incident() {
        var opened =
                node(0).post(
                                "xinhe",
                                "/api/incidents",
                                Map.of(
                                        "clientId",
                                        UUID.randomUUID().toString(),
                                        "title",
                                        "路面有坑",
                                        "severity",
                                        "yellow",
                                        "place",
                                        "村口"));
        return TestNode.json(opened).get("id").asString();
    }

    private static HttpResponse<String> begin(TestNode node, String incident) {
        byte[] picture = PICTURE.getBytes(StandardCharsets.ISO_8859_1);
        var metadata =
                "filetype %s,sha256 %s,incident %s"
                        .formatted(base64("image/jpeg"), base64(hash(picture)), base64(incident));
        return node.send(
                node.as("xinhe", "/api/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Integer.toString(picture.length))
                        .header("Upload-Metadata", metadata)
                        .POST(BodyPublishers.noBody()));
    }

    private static HttpResponse<String> append(TestNode node, String at) {
        byte[] picture = PICTURE.getBytes(StandardCharsets.ISO_8859_1);
        return node.send(
                node.as("xinhe", at)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", "0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(picture)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        return Sums.sha256(bytes);
    }
}
