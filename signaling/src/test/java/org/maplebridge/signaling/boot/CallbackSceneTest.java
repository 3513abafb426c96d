package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackAsk;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackDone;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallbackChanged;

/// Asking to be called back, and doing it.
class CallbackSceneTest {
    private final TestNode node = TestNode.shared();
    private final String id = UUID.randomUUID().toString();

    @Test
    void theRoomSeesWhoWantsToBeCalledUntilItIsDone() {
        try (var car = node.terminal("car1");
                var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(car.verdict(new CallbackAsk(id, "xinhe", "车辆需要更换"))).isEqualTo("ok");

            var told = changed(room, true).callback();
            assertThat(told.unit()).isEqualTo("car1");
            assertThat(told.note()).isEqualTo("车辆需要更换");
            assertThat(told.by()).contains("新河");
            changed(car, true);
            try (var late = node.console("xinhe")) {
                assertThat(late.snapshot().callbacks()).anyMatch(c -> c.id().equals(id));
            }

            assertThat(room.verdict(new CallbackDone(id))).isEqualTo("ok");
            changed(car, false);
            changed(room, false);
            assertThat(room.verdict(new CallbackDone(id))).isEqualTo("ok");
            assertThat(node.journal("xinhe")).contains("CALLBACK_ASKED", "CALLBACK_DONE");
        }
    }

    @Test
    void whoIsAwayFindsItWhenTheyCome() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(room.verdict(new CallbackAsk(id, "xinhe-grid2", null))).isEqualTo("ok");
            try (var grid = node.terminal("xinhe-grid2")) {
                assertThat(grid.snapshot().callbacks())
                        .anyMatch(c -> c.id().equals(id) && c.unit().equals("xinhe"));
                assertThat(grid.verdict(new CallbackDone(id))).isEqualTo("ok");
                changed(room, false);
            }
        }
    }

    @Test
    void whoAskedMayTakeItBackAndStrangersMayNot() {
        try (var car = node.terminal("car1");
                var other = node.terminal("car2")) {
            car.verdict(new CallbackAsk(id, "xinhe", null));
            assertThat(other.verdict(new CallbackDone(id))).isEqualTo("not-visible");
            assertThat(car.verdict(new CallbackDone(id))).isEqualTo("ok");
            assertThat(car.verdict(new CallbackDone("no such one"))).isEqualTo("not-visible");
            assertThat(other.frames().toString()).doesNotContain(id);
        }
    }

    @Test
    void saidTwiceItIsOneAndAnothersIdIsRefused() {
        try (var car = node.terminal("car1");
                var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(car.verdict(new CallbackAsk(id, "xinhe", "a"))).isEqualTo("ok");
            assertThat(car.verdict(new CallbackAsk(id, "xinhe", "b"))).isEqualTo("ok");
            assertThat(car.verdict(new CallbackAsk(id, "city", null))).isEqualTo("id-conflict");
            assertThat(changed(room, true).callback().note()).isEqualTo("a");
            room.verdict(new CallbackDone(id));
        }
    }

    @Test
    void onlyAnotherUnitThatOneSeesIsAsked() {
        try (var car = node.terminal("car1")) {
            car.snapshot();
            assertThat(car.verdict(new CallbackAsk(id, "zeguo-car1", null)))
                    .isEqualTo("not-visible");
            assertThat(car.verdict(new CallbackAsk(id, "no unit", null))).isEqualTo("not-visible");
            assertThat(car.verdict(new CallbackAsk(id, "car1", null))).isEqualTo("not-allowed");
            assertThat(car.verdict(new CallbackAsk("no id", "xinhe", null))).isEqualTo("malformed");
        }
    }

    @Test
    void aHundredOpenOnesAreEnough() {
        try (var room = node.console("daxi")) {
            room.snapshot();
            for (int i = 0; i < 100; i++) {
                assertThat(room.verdict(new CallbackAsk(id + i, "daxi-grid1", null)))
                        .isEqualTo("ok");
            }
            assertThat(room.verdict(new CallbackAsk(id, "daxi-grid1", null))).isEqualTo("too-many");
        }
    }

    private CallbackChanged changed(TestSocket socket, boolean open) {
        return socket.await(
                CallbackChanged.class,
                changed -> changed.callback().id().equals(id) && changed.open() == open);
    }
}
