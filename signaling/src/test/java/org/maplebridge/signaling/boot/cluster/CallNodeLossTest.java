package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.closed;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.hangUp;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.opened;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.talk;

import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.Cause;

/// What becomes of a private call when a node of it dies.
class CallNodeLossTest extends ClusterCase {
    CallNodeLossTest() {
        super(3);
    }

    @Test
    void whenTheCallersNodeDiesTheOtherIsToldAndItStandsInTheJournal() {
        var room = node(0).console("xinhe").withMedia();
        try (var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            var call = ((CallOpened) room.ask(new CallOpen("car1", true, null, null))).call();
            opened(car, call);
            talk(car, call, room);

            node(0).bus().close();

            assertThat(closed(car, call).cause()).isEqualTo(Cause.LOST);
            assertThat(car.verdict(new FloorRequest(call, 0, null, null, null)))
                    .isEqualTo("not-a-member");
            Eventually.holds(() -> node(1).journal("xinhe").contains("\"lost\""));
        }
    }

    @Test
    void whenTheOtherNodeDiesTheCallWaitsForItsPeopleToComeBackElsewhere() {
        var car = node(1).terminal("car1").withMedia();
        try (var room = node(0).console("xinhe").withMedia()) {
            car.snapshot();
            var call = ((CallOpened) room.ask(new CallOpen("car1", true, null, null))).call();
            opened(car, call);

            node(1).bus().close();
            Eventually.holds(() -> node(0).bus().presence().at("terminal:car1").isEmpty());

            try (var again = node(2).terminal("car1").withMedia()) {
                opened(again, call);
                talk(again, call, room);
                talk(room, call, again);
                hangUp(room, call);
                closed(again, call);
            }
        }
    }
}
