package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.SessionMove;
import org.maplebridge.signaling.scene.node.NodeBoard;

/// A link may open at any node of the county; its people sit at one table all the same.
class TableHomeTest {
    private final List<TestNode> nodes = TestNode.cluster(2);

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void whoComesAtAnotherNodeIsSentToWhereTheTableStands() {
        Eventually.holds(() -> known(0) == 2 && known(1) == 2);
        var guests = new Guests(nodes.getFirst(), Map.of());
        try (var mediator = guests.mediator()) {
            mediator.await(MediationState.class);
            var place = guests.place("p2");
            try (var astray = TestSocket.open(nodes.get(1), place, false)) {
                var move = astray.await(SessionMove.class);
                assertThat(move.nodes()).extracting(ServerNode::name).containsExactly("node-1");
                assertThat(astray.frames().toString()).doesNotContain("MediationState");
                assertThat(astray.verdict(new MediationMove(List.of("p2"), "joint")))
                        .isEqualTo("not-allowed");
            }
            try (var ann = Guests.agreed(TestSocket.open(nodes.getFirst(), place, false))) {
                mediator.await(MediationState.class, state -> here(state, "p2"));
                assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint")))
                        .isEqualTo("ok");
                ann.await(MediationState.class, state -> state.room().equals("joint"));
            }
        }
    }

    @Test
    void whereItStoodIsGoneItStandsWhereSomebodyComesNext() {
        Eventually.holds(() -> known(0) == 2 && known(1) == 2);
        var guests = new Guests(nodes.getFirst(), Map.of());
        var place = guests.place("p2");
        try (var mediator = guests.mediator()) {
            mediator.await(MediationState.class);
            nodes.getFirst().bus().close();
            Eventually.holds(() -> known(1) == 1);
            try (var ann = TestSocket.open(nodes.get(1), place, false)) {
                assertThat(ann.await(MediationState.class).me()).isEqualTo("p2");
            }
        }
    }

    private int known(int node) {
        return nodes.get(node).bean("nodeBoard", NodeBoard.class).shown().size();
    }

    private static boolean here(MediationState state, String person) {
        return state.people().stream().anyMatch(one -> one.id().equals(person) && one.present());
    }
}
