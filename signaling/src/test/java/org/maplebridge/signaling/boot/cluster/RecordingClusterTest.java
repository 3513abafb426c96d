package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;

/// Without an object store a recording lies on the node that made it: the others say where, and
/// when that one is away, which it is.
class RecordingClusterTest extends ClusterCase {
    RecordingClusterTest() {
        super(2);
    }

    @Test
    void whatOneNodeHasTheOtherNames() {
        var address = "http://127.0.0.1:" + node(0).port();
        Eventually.holds(() -> node(1).get("admin", "/api/nodes").body().contains(address));
        var filming = Filming.on(node(0));
        filming.isSeenAt(node(0));
        var elsewhere = filming.isRefusedAt(node(1), 409, "held-elsewhere");
        assertThat(elsewhere.get("url").asString()).isEqualTo(address);

        node(0).bus().close();
        Eventually.holds(() -> node(1).bus().nodes().present().size() == 1);
        var away = filming.isRefusedAt(node(1), 503, "holder-away");
        assertThat(away.get("url").asString()).isEqualTo(address);
    }
}
