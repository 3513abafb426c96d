package org.maplebridge.signaling.boot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;
import org.maplebridge.signaling.protocol.ShowingNews.HiddenWhy;
import org.maplebridge.signaling.protocol.ShowingNews.LiveHidden;
import org.maplebridge.signaling.protocol.ShowingNews.LiveShown;

/// An agency is called into the running picture, sees that one stream, and nothing before, beside
/// or after it.
class ShowingSceneTest {
    private static final String OFFER =
            String.join(
                    "\r\n",
                    "v=0",
                    "a=ice-ufrag:abcd",
                    "a=ice-pwd:0123456789012345678901",
                    "a=fingerprint:sha-256 AB:CD",
                    "m=video 9 UDP/TLS/RTP/SAVPF 96",
                    "a=mid:v0",
                    "");

    private final TestNode node = TestNode.shared();
    private final Seats seats = new Seats(node);

    @Test
    void oneActShowsTheRunningPictureAndItsEndEndsThat() {
        var incident = seats.open("xinhe", Map.of());
        try (var car = live("car1");
                var other = live("car2");
                var agency = node.console("traffic").withMedia()) {
            assertThat(agency.snapshot().units()).noneMatch(unit -> unit.id().equals("car1"));
            assertThat(agency.verdict(new WatchStart(0, "car1"))).isEqualTo("not-visible");
            assertThat(whep("traffic", "car1")).isEqualTo(404);
            assertThat(node.get("traffic", Seats.path(incident)).statusCode()).isEqualTo(404);

            var invited = seats.done("xinhe", incident, "invite", invite("car1"));

            assertThat(invited.get("showings")).hasSize(1);
            assertThat(invited.get("rooms").toString()).contains("\"traffic\"", "交通执法队");
            var shown = agency.await(LiveShown.class, _ -> true).shown();
            assertThat(shown.unit()).isEqualTo("car1");
            assertThat(shown.name()).contains("巡逻车");
            assertThat(shown.room()).contains("新河");
            assertThat(shown.reason()).isEqualTo("可能违规上路");
            assertThat(agency.verdict(new WatchStart(0, "car1"))).isEqualTo("ok");
            agency.await(WatchChanged.class, w -> w.state() == TileState.LIVE);
            assertThat(whep("traffic", "car1")).isEqualTo(201);
            assertThat(agency.verdict(new WatchStart(1, "car2"))).isEqualTo("not-visible");
            assertThat(whep("traffic", "car2")).isEqualTo(404);
            assertThat(seats.read("traffic", incident).get("may").toString()).contains("accept");
            try (var later = node.console("traffic")) {
                assertThat(later.snapshot().shown()).extracting(one -> one.unit()).contains("car1");
            }
            for (var stranger : new String[] {"enforcement", "zeguo"}) {
                try (var room = node.console(stranger).withMedia()) {
                    assertThat(room.snapshot().shown()).isEmpty();
                    assertThat(room.verdict(new WatchStart(0, "car1"))).isEqualTo("not-visible");
                }
                assertThat(whep(stranger, "car1")).isEqualTo(404);
            }

            car.verdict(new LiveStop());

            var hidden = agency.await(LiveHidden.class, h -> h.unit().equals("car1"));
            assertThat(hidden.cause()).isEqualTo(HiddenWhy.STREAM);
            car.verdict(new LiveStart(Camera.BACK, false, null));
            assertThat(agency.verdict(new WatchStart(0, "car1"))).isEqualTo("not-visible");
            assertThat(whep("traffic", "car1")).isEqualTo(404);
            assertThat(seats.read("xinhe", incident).get("showings")).isEmpty();
            var line = node.get("xinhe", Seats.path(incident) + "/timeline").body();
            assertThat(line).contains("\"invite\"", "可能违规上路", "工程车、渣土车", "\"recall\"");
        }
    }

    @Test
    void theTownTakesItBackAndClosingEndsIt() {
        var incident = seats.open("xinhe", Map.of());
        try (var car = live("car1");
                var agency = node.console("traffic").withMedia()) {
            agency.snapshot();
            var clientId = UUID.randomUUID().toString();
            seats.send("xinhe", incident, clientId, "invite", invite("car1"));
            agency.await(LiveShown.class, _ -> true);
            agency.verdict(new WatchStart(0, "car1"));
            agency.await(WatchChanged.class, w -> w.state() == TileState.LIVE);
            assertThat(
                            seats.send("xinhe", incident, clientId, "invite", invite("car1"))
                                    .statusCode())
                    .isEqualTo(200); // said again, nothing new
            assertThat(seats.read("xinhe", incident).get("showings")).hasSize(1);

            seats.done("xinhe", incident, "recall", Map.of("node", "traffic", "reason", "看完了"));

            agency.await(WatchChanged.class, w -> w.state() == TileState.STOPPED);
            var hidden = agency.await(LiveHidden.class, _ -> true);
            assertThat(hidden.cause()).isEqualTo(HiddenWhy.TAKEN_BACK);
            assertThat(agency.verdict(new WatchStart(0, "car1"))).isEqualTo("not-visible");

            seats.done("xinhe", incident, "invite", invite("car1"));
            agency.await(LiveShown.class, s -> !s.shown().id().equals(clientId));
            seats.done("traffic", incident, "return", Map.of("reason", "不归我管"));
            agency.await(LiveHidden.class, h -> !h.id().equals(clientId));
            assertThat(car.verdict(new LiveStop())).isEqualTo("ok");
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        var incident = seats.open("xinhe", Map.of());
        for (var reason : new String[] {"", " ", "x".repeat(501)}) {
            var fields = Map.<String, Object>of("node", "traffic", "reason", reason);
            assertThat(seats.act("xinhe", incident, "invite", fields).statusCode()).isEqualTo(400);
        }
        assertThat(seats.code("xinhe", incident, "invite", invite("xinhe-camera1")))
                .isEqualTo("not-live");
        var police = Map.<String, Object>of("node", "zeguo-police", "reason", "请来");
        assertThat(seats.code("xinhe", incident, "invite", police)).isEqualTo("not-on-list");
        var nowhere = Map.<String, Object>of("node", "nowhere", "reason", "请来");
        assertThat(seats.code("xinhe", incident, "invite", nowhere)).isEqualTo("not-visible");
        try (var car = live("zeguo-car1")) {
            assertThat(seats.code("xinhe", incident, "invite", invite("zeguo-car1")))
                    .isEqualTo("not-visible");
            assertThat(car.verdict(new LiveStop())).isEqualTo("ok");
        }
        assertThat(node.get("zeguo", Seats.path(incident) + "/agencies").statusCode())
                .isEqualTo(404);
        var agencies = TestNode.json(node.get("xinhe", Seats.path(incident) + "/agencies"));
        assertThat(agencies.get(0).get("node").asString()).isEqualTo("traffic");
        assertThat(agencies.get(0).get("suggested").asBoolean()).isTrue();
        assertThat(agencies.get(0).get("item").asString()).isEqualTo("2-1");
        assertThat(agencies.get(1).get("suggested").asBoolean()).isFalse();
    }

    @Test
    void roomsThatHaveOneIncidentRingEachOther() {
        var incident = seats.open("xinhe", Map.of());
        var id = incident.get("id").asString();
        try (var town = node.console("xinhe").withMedia();
                var agency = node.console("traffic").withMedia()) {
            town.snapshot();
            agency.snapshot();
            var ring = new CallOpen("traffic", false, Answering.MANUAL, id);
            assertThat(town.verdict(ring)).isEqualTo("not-visible");
            assertThat(agency.verdict(new CallOpen("xinhe", false, Answering.MANUAL, id)))
                    .isEqualTo("not-visible");
            seats.done("xinhe", incident, "invite", Map.of("node", "traffic", "reason", "请来"));
            assertThat(town.verdict(new CallOpen("traffic", false, Answering.MANUAL, null)))
                    .isEqualTo("not-visible");

            assertThat(town.ask(ring)).isInstanceOf(CallRinging.class);

            var rings = agency.await(CallRinging.class, CallRinging::incoming);
            assertThat(rings.name()).contains("新河");
            assertThat(agency.verdict(new CallOpen("car1", false, Answering.MANUAL, id)))
                    .isEqualTo("not-visible");
        }
    }

    private static Map<String, Object> invite(String unit) {
        return Map.of("node", "traffic", "unit", unit, "reason", "可能违规上路");
    }

    private TestSocket live(String unit) {
        var terminal = node.terminal(unit).withMedia();
        assertThat(terminal.verdict(new LiveStart(Camera.BACK, false, null))).isEqualTo("ok");
        return terminal;
    }

    /// The status of an attempt to play it; what was opened is closed again.
    private int whep(String account, String unit) {
        var answer =
                node.send(
                        node.as(account, "/whep/" + unit)
                                .header("Content-Type", "application/sdp")
                                .POST(HttpRequest.BodyPublishers.ofString(OFFER)));
        Optional<String> place = answer.headers().firstValue("Location");
        place.ifPresent(path -> node.send(node.as(account, path).DELETE()));
        return answer.statusCode();
    }
}
