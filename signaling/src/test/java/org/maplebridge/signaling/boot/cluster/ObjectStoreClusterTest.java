package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.objects.s3.TestS3;

/// Two nodes with one real object store: what one recorded the other shows, when the first is gone
/// as well; and what is said when the store is.
class ObjectStoreClusterTest {
    @TempDir Path folder;
    private TestS3 server;
    private List<TestNode> nodes = List.of();

    @BeforeEach
    void start() throws IOException {
        server = TestS3.startIn(folder);
        var settings = new ArrayList<>(server.settings());
        settings.add("--maplebridge.object-store.keep-local-hours=0");
        nodes = TestNode.cluster(List.of(settings, settings));
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        server.close();
    }

    @Test
    void whatANodeRecordedIsSeenAtAnotherAfterItIsGone() throws IOException {
        var filming = Filming.on(nodes.get(0));
        Eventually.holds(() -> metric(nodes.get(0), "uploads_total") == 2);
        assertThat(server.files()).hasSize(2);
        nodes.get(0).close();
        filming.isSeenAt(nodes.get(1));
    }

    @Test
    void aStoreThatIsAwayIsSaidAndWaitedFor() throws IOException {
        var before = Filming.on(nodes.get(0));
        Eventually.holds(() -> metric(nodes.get(0), "uploads_total") == 2);
        server.kill();
        var meanwhile = Filming.on(nodes.get(0));
        Eventually.holds(() -> metric(nodes.get(0), "away") == 1);
        Eventually.holds(() -> metric(nodes.get(0), "waiting") == 2); // one may have ended later
        assertThat(nodes.get(0).get("admin", "/actuator/health").body()).contains("DEGRADED");
        meanwhile.isSeenAt(nodes.get(0));
        before.isRefusedAt(nodes.get(1), 503, "store-away");

        server.startAgain();
        before.isSeenAt(nodes.get(1));
        Eventually.holds(() -> metric(nodes.get(0), "uploads_total") == 4);
        meanwhile.isSeenAt(nodes.get(1));
    }

    @Test
    void whatWasChangedInTheStoreIsNotPlayed() throws IOException {
        var filming = Filming.on(nodes.get(0));
        Eventually.holds(() -> metric(nodes.get(0), "uploads_total") == 2);
        for (Path object : server.files()) {
            byte[] bytes = Files.readAllBytes(object);
            bytes[bytes.length / 2] ^= 1;
            Files.write(object, bytes);
        }
        Eventually.holds(() -> filming.piece(nodes.get(1)).body().contains("\"damaged\""));
    }

    private static double metric(TestNode node, String name) {
        return node.get("admin", "/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("maplebridge_object_store_" + name + " "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
                .findFirst()
                .orElse(-1);
    }
}
