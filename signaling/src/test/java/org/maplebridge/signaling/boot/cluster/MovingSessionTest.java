package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews.UnitChanged;

/// A session whose node is lost, or wants to be left, goes on at another one.
class MovingSessionTest extends ClusterCase {
    MovingSessionTest() {
        super(2);
    }

    @Test
    void itsGroupsComeAlongAndWhatWasOrderedMeanwhileIsThere() {
        var room = node(0).console("xinhe");
        room.snapshot();
        assertThat(room.verdict(new GroupLeave("group-xinhe", null))).isEqualTo("ok");
        assertThat(room.verdict(new GroupAffiliate("team-xinhe-patrol", null))).isEqualTo("ok");
        var car = node(0).terminal("car1");
        car.snapshot();
        var heardByRoom = affiliatedLater(room);
        room.kill();
        car.kill();
        try (var city = node(1).console("city")) {
            city.snapshot();
            assertThat(
                            city.verdict(
                                    new OrderPlace(
                                            "o-1",
                                            List.of("car1"),
                                            null,
                                            "原地待命",
                                            Severity.ORANGE,
                                            null)))
                    .isEqualTo("ok");
        }

        try (var moved = resumed(room, "xinhe", false);
                var carMoved = resumed(car, "car1", true)) {
            assertThat(moved.welcome().resumed()).isFalse();
            assertThat(moved.welcome().moved()).isTrue();
            assertThat(moved.welcome().session()).isNotEqualTo(room.welcome().session());
            assertThat(affiliated(moved.snapshot()))
                    .doesNotContain("group-xinhe")
                    .contains("team-xinhe-patrol")
                    .containsExactlyInAnyOrderElementsOf(heardByRoom);
            assertThat(carMoved.snapshot().orders()).extracting(o -> o.id()).contains("o-1");
        }
    }

    @Test
    void theFormerOneEndsWhenTheNewOnesMediaHaveArrived() {
        try (var car = node(0).terminal("car1").withMedia();
                var moved = resumed(car, "car1", true).withMedia()) {
            moved.snapshot();
            assertThat(node(0).relay().hasLegOf(car.welcome().session())).isTrue();

            LegId leg = node(1).relay().legOf(moved.welcome().session());
            node(1).relay().say(new RelayEvent.LegConnected(leg, "udp"));

            assertThat(car.closeCode()).isEqualTo(4409);
            Eventually.holds(() -> !node(0).relay().hasLegOf(car.welcome().session()));
            assertThat(node(1).bus().presence().ofUnit(new UnitId("car1")))
                    .singleElement()
                    .satisfies(there ->
                            assertThat(there.session().value())
                                    .isEqualTo(moved.welcome().session()));
        }
    }

    @Test
    void nobodyElseAndNoOtherDeviceInherits() {
        try (var room = node(0).console("xinhe")) {
            room.snapshot();
            var resume = room.welcome().resume();
            for (var account : List.of("city", "car1")) {
                try (var stranger =
                        TestSocket.resume(node(1), node(1).token(account), false, resume, 1)) {
                    assertThat(stranger.welcome().moved()).isNull();
                }
            }
            try (var terminal =
                    TestSocket.resume(node(1), node(1).token("xinhe"), true, resume, 1)) {
                assertThat(terminal.welcome().moved()).isNull();
            }
        }
    }

    @Test
    void whoSignedOutLeavesNothing() {
        var token = node(0).freshToken("xinhe");
        var room = TestSocket.open(node(0), token, false);
        room.snapshot();
        node(0).send(node(0).bearer(token, "/api/logout").POST(BodyPublishers.noBody()));
        assertThat(room.closeCode()).isEqualTo(4401);
        try (var again = resumed(room, "xinhe", false)) {
            assertThat(again.welcome().moved()).isNull();
        }
    }

    @Test
    void whoseNodeIsGoneIsOfflineUntilTheyComeBack() {
        var car = node(0).terminal("car1");
        car.snapshot();
        try (var room = node(1).console("xinhe")) {
            room.snapshot();
            node(0).bus().close();
            room.await(UnitChanged.class, c -> c.unit().id().equals("car1") && !c.unit().online());
            try (var moved = resumed(car, "car1", true)) {
                assertThat(moved.welcome().moved()).isTrue();
                room.await(
                        UnitChanged.class, c -> c.unit().id().equals("car1") && c.unit().online());
            }
        }
    }

    private TestSocket resumed(TestSocket before, String account, boolean terminal) {
        return TestSocket.resume(
                node(1),
                node(1).token(account),
                terminal,
                before.welcome().resume(),
                before.lastSeq());
    }

    private List<String> affiliatedLater(TestSocket room) {
        var before = affiliated(room.snapshot());
        before.remove("group-xinhe");
        before.add("team-xinhe-patrol");
        return before.stream().distinct().toList();
    }

    private static ArrayList<String> affiliated(Snapshot snapshot) {
        return new ArrayList<>(
                snapshot.groups().stream().filter(Group::affiliated).map(Group::id).toList());
    }
}
