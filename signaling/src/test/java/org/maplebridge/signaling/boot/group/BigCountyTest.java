package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// What a county of several hundred units and a room that forgets to close its groups come to. A
/// node of its own, since everything is counted; its sessions have two voice slots.
class BigCountyTest {
    private static final int HANDHELDS = 201;
    private static final List<Place> MARKET =
            List.of(new Place(10, 50), new Place(10, 51), new Place(11, 51), new Place(11, 50));

    @TempDir Path data;

    @Test
    void limitsHoldAndTerminalsAreSparedLongLists() {
        try (var node =
                TestNode.on(
                        data,
                        "--maplebridge.limits.voice-slots=2",
                        "--maplebridge.limits.messages-per-second=1000",
                        "--maplebridge.limits.message-burst=1000")) {
            addHandhelds(node);
            aTerminalIsSparedTheNamesOfACounty(node);
            anAreaWithTooManyIsTooLarge(node);
            aRoomHasTwoHundredOpenGroups(node);
        }
    }

    private static void addHandhelds(TestNode node) {
        var positions = node.bean("positions", Positions.class);
        for (int i = 0; i < HANDHELDS; i++) {
            var id = "wugen-hand" + i;
            var unit = Map.of("id", id, "name", "对讲" + i, "kind", "handheld", "node", "wugen");
            assertThat(node.post("admin", "/api/units", unit).statusCode()).isEqualTo(201);
            positions.report(
                    new Position(new UnitId(id), new GeoPoint(10.5, 50.5), 10.0, Instant.now()));
        }
    }

    private static void aTerminalIsSparedTheNamesOfACounty(TestNode node) {
        try (var car = node.terminal("car1");
                var room = node.console("xinhe")) {
            assertThat(county(car).members()).isEmpty();
            assertThat(county(room).members()).hasSizeGreaterThan(HANDHELDS);
            for (var listener : List.of(car, room)) {
                assertThat(listener.snapshot().groups())
                        .filteredOn(Group::affiliated)
                        .extracting(Group::id)
                        .containsExactlyInAnyOrder("group-xinhe", "group-county");
            }
        }
    }

    private static void anAreaWithTooManyIsTooLarge(TestNode node) {
        try (var city = node.console("city")) {
            city.snapshot();
            assertThat(city.verdict(new GroupMake("g-area", "全部", List.of(), MARKET, null)))
                    .isEqualTo("too-large");
        }
    }

    private static void aRoomHasTwoHundredOpenGroups(TestNode node) {
        try (var zeguo = node.console("zeguo");
                var room = node.console("xinhe")) {
            for (int i = 0; i < 200; i++) {
                assertThat(zeguo.verdict(of("g-" + i, "zeguo-car1"))).isEqualTo("ok");
            }
            assertThat(zeguo.verdict(of("g-200", "zeguo-car1"))).isEqualTo("too-many");
            assertThat(zeguo.verdict(of("g-7", "zeguo-car1"))).isEqualTo("ok");
            assertThat(room.verdict(of("g-201", "car1"))).isEqualTo("ok");
            assertThat(zeguo.verdict(new GroupClose("g-7"))).isEqualTo("ok");
            assertThat(zeguo.verdict(of("g-200", "zeguo-car1"))).isEqualTo("ok");
        }
        try (var car = node.terminal("zeguo-car1").withMedia()) {
            assertThat(car.snapshot().groups())
                    .filteredOn(Group::affiliated)
                    .extracting(Group::id)
                    .containsExactlyInAnyOrder("group-zeguo", "group-county");
        }
    }

    private static Group county(TestSocket socket) {
        return socket.snapshot().groups().stream()
                .filter(group -> group.id().equals("group-county"))
                .findFirst()
                .orElseThrow();
    }

    private static GroupMake of(String id, String unit) {
        return new GroupMake(id, "集市处置", List.of(unit), null, null);
    }
}
