package org.maplebridge.signaling.boot.cluster;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.maplebridge.signaling.boot.TestNode;

/// Some nodes with one bus and one record, anew for each test.
abstract class ClusterCase {
    private final int size;
    private List<TestNode> nodes = List.of();

    ClusterCase(int size) {
        this.size = size;
    }

    @BeforeEach
    final void startNodes() {
        nodes = TestNode.cluster(size);
    }

    @AfterEach
    final void stopNodes() {
        nodes.forEach(TestNode::close);
    }

    final List<TestNode> nodes() {
        return nodes;
    }

    final TestNode node(int index) {
        return nodes.get(index);
    }
}
