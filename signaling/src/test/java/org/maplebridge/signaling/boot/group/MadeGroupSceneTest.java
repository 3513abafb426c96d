package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.group.ListeningSceneTest.changed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupClosed;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// Groups that dispatchers make for an operation.
class MadeGroupSceneTest {
    private static final List<Place> MARKET =
            List.of(new Place(10, 50), new Place(10, 51), new Place(11, 51), new Place(11, 50));

    private final TestNode node = TestNode.shared();
    private final String id = "g-" + UUID.randomUUID();

    @Test
    void whoIsNamedHearsTheGroupFromNowOnAndTalksInIt() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia();
                var other = node.terminal("car2").withMedia();
                var zeguo = node.console("zeguo")) {
            zeguo.snapshot();
            assertThat(room.verdict(of("car1", "car2"))).isEqualTo("ok");

            var made = changed(car, id);
            assertThat(made.affiliated()).isTrue();
            assertThat(made.kind()).isEqualTo("adHoc");
            assertThat(made.name()).isEqualTo("集市处置");
            assertThat(made.members()).containsExactly("car1", "car2");
            assertThat(changed(room, id).affiliated()).isFalse();

            assertThat(car.verdict(request())).isEqualTo("ok");
            car.await(FloorGranted.class, granted -> granted.call().equals(id));
            other.await(FloorTaken.class, taken -> taken.call().equals(id));
            assertThat(room.verdict(request())).isEqualTo("not-a-member");
            assertThat(room.verdict(new GroupAffiliate(id, null))).isEqualTo("ok");
            room.await(FloorTaken.class, taken -> taken.call().equals(id));
            car.verdict(new FloorRelease(id));

            assertThat(room.verdict(new GroupClose(id))).isEqualTo("ok");
            for (var listener : List.of(room, car, other)) {
                listener.await(GroupClosed.class, closed -> closed.group().equals(id));
                assertThat(listener.verdict(request())).isEqualTo("not-a-member");
            }
            assertThat(zeguo.frames().toString()).doesNotContain(id);
            assertThat(zeguo.verdict(new GroupAffiliate(id, null))).isEqualTo("not-visible");
            Eventually.holds(() ->
                    node.journal("xinhe").contains(id) && !node.journal("zeguo").contains(id));
            assertThat(node.get("city", "/api/audit?who=xinhe&subject=" + id).body())
                    .contains("\"change\":\"made\"")
                    .contains("\"change\":\"closed\"");
        }
    }

    @Test
    void whoComesLaterListensTooAndFindsItInTheirSnapshot() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(room.verdict(of("xinhe-grid1"))).isEqualTo("ok");
            try (var grid = node.terminal("xinhe-grid1")) {
                assertThat(group(grid).affiliated()).isTrue();
            }
            try (var city = node.console("city");
                    var police = node.console("xinhe-police")) {
                assertThat(group(city).affiliated()).isFalse();
                assertThat(group(police).affiliated()).isFalse();
                assertThat(police.verdict(new GroupAffiliate(id, null))).isEqualTo("not-a-member");
                assertThat(police.verdict(new GroupClose(id))).isEqualTo("not-allowed");
                assertThat(node.get("city", "/api/organisation").body()).contains(id);
                assertThat(city.verdict(new GroupClose(id))).isEqualTo("ok");
                assertThat(city.verdict(new GroupClose(id))).isEqualTo("ok");
            }
        }
    }

    @Test
    void whoWasLastSeenInTheAreaIsAMember() {
        var positions = node.bean("positions", Positions.class);
        positions.report(at("car1", 10.5));
        positions.report(at("car2", 12.5));
        positions.report(at("zeguo-car1", 10.6));
        positions.report(at("xinhe-camera1", 10.7));
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var make = new GroupMake(id, "集市处置", List.of("xinhe"), MARKET, null);
            assertThat(room.verdict(make)).isEqualTo("ok");
            assertThat(changed(room, id).members()).containsExactly("car1", "xinhe");

            positions.report(at("car2", 10.9));
            assertThat(room.verdict(make)).isEqualTo("ok"); // a repeat, whoever came meanwhile
            assertThat(room.verdict(new GroupClose(id))).isEqualTo("ok");
            assertThat(room.verdict(make)).isEqualTo("ok"); // and it stays closed
            assertThat(room.verdict(new GroupAffiliate(id, null))).isEqualTo("not-visible");
        }
    }

    @Test
    void theGroupOfAnIncidentClosesWithIt() {
        var incident = openIncident();
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            car.snapshot();
            assertThat(room.verdict(new GroupMake(id, "事件组", List.of("car1"), null, incident)))
                    .isEqualTo("ok");
            var made = changed(car, id);
            assertThat(made.kind()).isEqualTo("incident");
            assertThat(made.incident()).isEqualTo(incident);
            act(incident, Map.of("action", "merge", "into", openIncidents().getLast()));

            car.await(GroupClosed.class, closed -> closed.group().equals(id));
            assertThat(room.verdict(new GroupMake(id + "b", "晚了", List.of("car1"), null, incident)))
                    .isEqualTo("step-not-allowed");
        }
    }

    @Test
    void theGroupOfAnIncidentIsAsUrgentAsTheIncident() {
        var severe = opened("red");
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            car.snapshot();
            room.verdict(new GroupMake(id, "事件组", List.of("car1"), null, severe));
            try (var late = node.console("xinhe")) {
                assertThat(group(late).tier()).isEqualTo(Severity.RED);
            }

            act(severe, Map.of("action", "severity", "severity", "yellow", "reason", "误报"));
            car.await(FloorTier.class, to -> to.call().equals(id) && to.tier() == Severity.YELLOW);
        }
    }

    private String opened(String severity) {
        var incident =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "title",
                        "集市起火",
                        "severity",
                        severity,
                        "place",
                        "集市");
        return TestNode.json(node.post("xinhe", "/api/incidents", incident)).get("id").asString();
    }

    private void act(String incident, Map<String, Object> action) {
        var path = "/api/incidents/" + incident;
        var request = new HashMap<>(action);
        request.put("clientId", UUID.randomUUID().toString());
        request.put("version", TestNode.json(node.get("xinhe", path)).get("version").asLong());
        assertThat(node.post("xinhe", path + "/actions", request).statusCode()).isEqualTo(200);
    }

    @Test
    void anOrderToAMadeGroupGoesToItsMembers() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            room.verdict(of("car1", "car2", "xinhe"));
            var order = UUID.randomUUID().toString();

            assertThat(room.verdict(new OrderPlace(order, List.of(), id, "集合", Severity.RED, null)))
                    .isEqualTo("ok");

            var placed =
                    room.await(OrderChanged.class, said -> said.order().id().equals(order)).order();
            assertThat(placed.assignees())
                    .extracting(assignee -> assignee.unit())
                    .containsExactlyInAnyOrder("car1", "car2");
            assertThat(placed.group()).isEqualTo(id);
            room.verdict(new GroupClose(id));
        }
    }

    @Test
    void anIdThatStandsForSomethingElseIsRefused() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            assertThat(room.verdict(of("car1"))).isEqualTo("ok");
            assertThat(room.verdict(of("car1"))).isEqualTo("ok");
            assertThat(room.verdict(of("car2"))).isEqualTo("id-conflict");
            assertThat(room.verdict(make("group-xinhe", "car1"))).isEqualTo("id-conflict");
            assertThat(room.verdict(make("group-zeguo", "car1"))).isEqualTo("id-conflict");
            var call = ((CallOpened) room.ask(new CallOpen("car1", null, null, null))).call();
            assertThat(room.verdict(make(call, "car1"))).isEqualTo("id-conflict");
            room.verdict(new CallClose(call));
            room.verdict(new GroupClose(id));
        }
    }

    @Test
    void aGroupThatMakesNoSenseIsRefused() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var thousands = IntStream.range(0, 5_000).mapToObj(i -> "unit" + i).toList();
            assertThat(room.verdict(new GroupMake(id, "全部", thousands, null, null)))
                    .isEqualTo("too-large");
            assertThat(room.verdict(new GroupMake("a b", "名", List.of("car1"), null, null)))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new GroupMake(id, " ", List.of("car1"), null, null)))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new GroupMake(id, "x".repeat(41), List.of("car1"), null, null)))
                    .isEqualTo("too-large");
            assertThat(room.verdict(new GroupMake(id, "空", List.of(), null, null)))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new GroupMake(id, "空", List.of(), MARKET.subList(0, 2), null)))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new GroupMake(id, "空", List.of(), acrossTheSea(), null)))
                    .isEqualTo("malformed");
            assertThat(room.verdict(of("xinhe-camera1"))).isEqualTo("malformed");
        }
    }

    @Test
    void strangersAreNeitherGroupedNorGroupThemselves() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1");
                var zeguo = node.console("zeguo")) {
            car.snapshot();
            assertThat(car.verdict(of("car1", "car2"))).isEqualTo("not-allowed");
            assertThat(car.verdict(new GroupClose("group-xinhe"))).isEqualTo("not-allowed");
            assertThat(room.verdict(of("car1", "zeguo-car1"))).isEqualTo("not-visible");
            assertThat(room.verdict(of("nobody"))).isEqualTo("not-visible");
            assertThat(room.verdict(of("no body"))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupMake(id, "组", List.of("car1"), null, "no-such")))
                    .isEqualTo("not-visible");
            assertThat(room.verdict(new GroupMake(id, "组", List.of("car1"), null, "no such")))
                    .isEqualTo("not-visible");
            assertThat(
                            zeguo.verdict(
                                    new GroupMake(id, "组", List.of("zeguo"), null, openIncident())))
                    .isEqualTo("not-visible");
            assertThat(room.verdict(new GroupClose("group-xinhe"))).isEqualTo("not-allowed");
            assertThat(room.verdict(new GroupClose("group-zeguo"))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupClose(id))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupClose("a b"))).isEqualTo("not-visible");

            assertThat(room.verdict(of("car1"))).isEqualTo("ok");
            assertThat(zeguo.verdict(new GroupClose(id))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupClose(id))).isEqualTo("ok");
        }
    }

    private String openIncident() {
        return openIncidents().getFirst();
    }

    private List<String> openIncidents() {
        var open = new ArrayList<String>();
        for (var incident : TestNode.json(node.get("xinhe", "/api/incidents?state=open"))) {
            open.add(incident.get("id").asString());
        }
        return open;
    }

    private Group group(TestSocket socket) {
        return socket.snapshot().groups().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private GroupMake of(String... units) {
        return make(id, units);
    }

    private static GroupMake make(String id, String... units) {
        return new GroupMake(id, "集市处置", List.of(units), null, null);
    }

    private FloorRequest request() {
        return new FloorRequest(id, 0, null, null, null);
    }

    private static List<Place> acrossTheSea() {
        return List.of(new Place(10, 179), new Place(11, -179), new Place(12, 179));
    }

    private static Position at(String unit, double latitude) {
        return new Position(new UnitId(unit), new GeoPoint(latitude, 50.5), 10.0, Instant.now());
    }
}
