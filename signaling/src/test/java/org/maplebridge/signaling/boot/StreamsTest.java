package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;
import org.maplebridge.signaling.scene.Sources;

/// WHIP and WHEP as an encoder and a player see them.
class StreamsTest {
    private static final String OFFER =
            String.join(
                    "\r\n",
                    "v=0",
                    "a=ice-ufrag:abcd",
                    "a=ice-pwd:0123456789012345678901",
                    "a=fingerprint:sha-256 AB:CD",
                    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                    "a=mid:a0",
                    "m=video 9 UDP/TLS/RTP/SAVPF 96",
                    "a=mid:v0",
                    "");

    private final TestNode node = TestNode.shared();

    @Test
    void aPublisherMakesItsUnitLiveForTheRoomAndForPlayers() {
        var key = key("car2");
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(post(key, "/whep/car2", OFFER).statusCode()).isEqualTo(404);

            var published = post(key, "/whip/car2", OFFER);
            assertThat(published.statusCode()).isEqualTo(201);
            assertThat(header(published, "Content-Type")).contains("application/sdp");
            assertThat(header(published, "ETag")).startsWith("\"");
            room.await(LiveChanged.class, l -> l.unit().equals("car2") && l.live() != null);
            var leg = new LegId("whip-" + id(published));
            assertThat(node.relay().planOf(leg).publishes())
                    .containsEntry("v0", Sources.camera(new UnitId("car2")))
                    .containsEntry("a0", Sources.microphone(new UnitId("car2")));

            var playing = post(key, "/whep/car2", OFFER);
            assertThat(playing.statusCode()).isEqualTo(201);
            assertThat(node.relay().slotsOf(new LegId("whep-" + id(playing))))
                    .containsEntry("v0", Sources.camera(new UnitId("car2")))
                    .containsEntry("a0", Sources.microphone(new UnitId("car2")));
            room.await(LiveChanged.class, l -> l.watchers().size() == 1);

            assertThat(delete(key, playing).statusCode()).isEqualTo(200);
            assertThat(delete(key, playing).statusCode()).isEqualTo(404);
            assertThat(delete(key, published).statusCode()).isEqualTo(200);
            room.await(LiveChanged.class, l -> l.unit().equals("car2") && l.live() == null);
        }
    }

    @Test
    void tricklesWithTheRightTagAndRestartsWithAnyTag() {
        var key = key("car2");
        var published = post(key, "/whip/car2", OFFER);
        var tag = header(published, "ETag");
        var candidate = "a=ice-ufrag:abcd\r\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\n";

        assertThat(patch(key, published, tag, candidate).statusCode()).isEqualTo(204);
        assertThat(patch(key, published, "\"old\"", candidate).statusCode()).isEqualTo(412);
        assertThat(patch(key, published, null, candidate).statusCode()).isEqualTo(428);
        assertThat(patch(key, published, tag, "nonsense").statusCode()).isEqualTo(400);

        var restarted =
                patch(
                        key,
                        published,
                        "*",
                        "a=ice-ufrag:new1\r\na=ice-pwd:999999999999999999999\r\n");
        assertThat(restarted.statusCode()).isEqualTo(200);
        assertThat(header(restarted, "ETag")).isNotEqualTo(tag);
        assertThat(header(restarted, "Content-Type")).contains("trickle-ice-sdpfrag");
        assertThat(restarted.body()).contains("a=ice-lite", "a=ice-ufrag:again");
        assertThat(patch(key, published, "*", candidate).statusCode()).isEqualTo(422);
        assertThat(patch(key, published, tag, candidate).statusCode()).isEqualTo(412);
        delete(key, published);
    }

    @Test
    void refusalsAreAsTheRfcSays() {
        var key = key("car2");
        assertThat(post(key, "/whip/car2", "hello").statusCode()).isEqualTo(400);
        assertThat(post(key, "/whip/car2", "v=0\r\n").statusCode()).isEqualTo(422);
        assertThat(post(key, "/whip/car1", OFFER).statusCode()).isEqualTo(403);
        assertThat(post(key, "/whip/no-such-unit", OFFER).statusCode()).isEqualTo(404);
        assertThat(
                        node.send(
                                        node.bearer(key, "/whip/car2")
                                                .header("Content-Type", "application/json")
                                                .POST(BodyPublishers.ofString("{}")))
                                .statusCode())
                .isEqualTo(415);
        assertThat(
                        node.send(
                                        node.bearer(key, "/whip/car2")
                                                .header("Content-Type", "application/sdp")
                                                .header("Accept", "image/png")
                                                .POST(BodyPublishers.ofString(OFFER)))
                                .statusCode())
                .isEqualTo(406);
        assertThat(node.send(node.bearer(key, "/whip/car2").GET()).statusCode()).isEqualTo(405);
        assertThat(
                        node.send(node.request("/whip/car2").POST(BodyPublishers.ofString(OFFER)))
                                .statusCode())
                .isEqualTo(401);
        var options =
                node.send(node.request("/whip/car2").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Accept-Post")).isEqualTo("application/sdp");
    }

    @Test
    void aRestartedEncoderTakesItsPlaceAgainAndAStrangerDoesNot() {
        var key = key("car2");
        var first = post(key, "/whip/car2", OFFER);
        var again = post(key, "/whip/car2", OFFER);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(delete(key, first).statusCode()).isEqualTo(404);

        assertThat(post(key("car2"), "/whip/car2", OFFER).statusCode()).isEqualTo(409);
        delete(key, again);
    }

    @Test
    void aPublisherWhoseNetworkDiesIsLiveNoLonger() {
        var key = key("car2");
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var published = post(key, "/whip/car2", OFFER);
            room.await(LiveChanged.class, l -> l.unit().equals("car2") && l.live() != null);
            room.forget();

            node.relay()
                    .say(
                            new RelayEvent.LegLost(
                                    new LegId("whip-" + id(published)), "consent-expired"));

            room.await(LiveChanged.class, l -> l.unit().equals("car2") && l.live() == null);
            assertThat(delete(key, published).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void peopleOfAnotherTownPlayNothing() {
        var key = key("car2");
        var published = post(key, "/whip/car2", OFFER);
        assertThat(post(node.token("zeguo"), "/whep/car2", OFFER).statusCode()).isEqualTo(404);
        var mine = post(node.token("xinhe"), "/whep/car2", OFFER);
        assertThat(mine.statusCode()).isEqualTo(201);
        assertThat(node.get("city", "/api/audit?subject=car2").body())
                .contains("WATCH_STARTED", "PUBLISH_STARTED");
        delete(node.token("xinhe"), mine);
        delete(key, published);
    }

    private String key(String unit) {
        var made =
                node.post(
                        "admin",
                        "/api/keys",
                        Map.of(
                                "name",
                                "streams",
                                "scopes",
                                List.of("whip", "whep"),
                                "units",
                                List.of(unit)));
        return TestNode.json(made).get("token").asString();
    }

    private HttpResponse<String> post(String token, String path, String offer) {
        return node.send(
                node.bearer(token, path)
                        .header("Content-Type", "application/sdp")
                        .POST(BodyPublishers.ofString(offer)));
    }

    private HttpResponse<String> delete(String token, HttpResponse<String> created) {
        return node.send(node.bearer(token, header(created, "Location")).DELETE());
    }

    private HttpResponse<String> patch(
            String token, HttpResponse<String> created, @Nullable String tag, String fragment) {
        var request =
                node.bearer(token, header(created, "Location"))
                        .header("Content-Type", "application/trickle-ice-sdpfrag")
                        .method("PATCH", BodyPublishers.ofString(fragment));
        return node.send(tag == null ? request : request.header("If-Match", tag));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static String id(HttpResponse<String> created) {
        var location = header(created, "Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
