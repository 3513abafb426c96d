package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;

/// Players at one node, units that are live at another.
class StreamClusterTest extends ClusterCase {
    StreamClusterTest() {
        super(3);
    }

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

    @Test
    void aPlayerShowsAUnitOfAnotherNodeForAsLongAsItIsLive() {
        var key = key();
        try (var car = node(0).terminal("car1").withMedia()) {
            assertThat(play(1, key).statusCode()).isEqualTo(404);
            car.verdict(new LiveStart(Camera.BACK, false, null));
            Eventually.holds(() -> isLiveAt(1));

            var played = play(1, key);
            assertThat(played.statusCode()).isEqualTo(201);
            var leg = leg(played);
            Eventually.holds(() -> slots(1, leg).size() == 2);
            assertThat(slots(1, leg).values())
                    .allMatch(source -> source.value().startsWith("link:node-1:"));
            var again = play(1, key);
            assertThat(slots(1, leg(again))).isEqualTo(slots(1, leg));
            Eventually.holds(() -> node(0).relay().sentTo("node-2").size() == 2);
            car.await(LiveChanged.class, live -> live.watchers().size() == 2);
            delete(1, key, again);
            car.await(LiveChanged.class, live -> live.watchers().size() == 1);
            car.forget();

            car.verdict(new LiveStop());
            Eventually.holds(() -> slots(1, leg).isEmpty());
            assertThat(play(1, key).statusCode()).isEqualTo(404);

            // A player waits, as a tile does.
            car.verdict(new LiveStart(Camera.BACK, false, null));
            Eventually.holds(() -> slots(1, leg).size() == 2);
            assertThat(delete(1, key, played)).isEqualTo(200);
            Eventually.holds(() -> node(0).relay().sentTo("node-2").isEmpty());
        }
    }

    @Test
    void whenTheNodeDiesThePictureEndsAndComesBackFromWhereTheCarGoes() {
        var key = key();
        var car = node(0).terminal("car1").withMedia();
        car.verdict(new LiveStart(Camera.BACK, false, null));
        Eventually.holds(() -> isLiveAt(1));
        var played = play(1, key);
        var leg = leg(played);
        Eventually.holds(() -> slots(1, leg).size() == 2);

        node(0).bus().close();

        Eventually.holds(() -> slots(1, leg).isEmpty());
        assertThat(play(1, key).statusCode()).isEqualTo(404);
        try (var again = node(2).terminal("car1").withMedia()) {
            again.verdict(new LiveStart(Camera.BACK, false, null));
            Eventually.holds(() ->
                    slots(1, leg).values().stream()
                            .anyMatch(source -> source.value().startsWith("link:node-3:v")));
        }
        assertThat(delete(1, key, played)).isEqualTo(200);
    }

    private boolean isLiveAt(int index) {
        try (var room = node(index).console("xinhe")) {
            return room.snapshot().lives().stream().anyMatch(live -> live.unit().equals("car1"));
        }
    }

    private String key() {
        var made =
                node(0).post(
                                "admin",
                                "/api/keys",
                                Map.of(
                                        "name",
                                        "wall",
                                        "scopes",
                                        List.of("whip", "whep"),
                                        "units",
                                        List.of("car1")));
        return TestNode.json(made).get("token").asString();
    }

    private HttpResponse<String> play(int index, String key) {
        return node(index)
                .send(
                        node(index)
                                .bearer(key, "/whep/car1")
                                .header("Content-Type", "application/sdp")
                                .POST(BodyPublishers.ofString(OFFER)));
    }

    private int delete(int index, String key, HttpResponse<String> played) {
        var location = played.headers().firstValue("Location").orElseThrow();
        return node(index).send(node(index).bearer(key, location).DELETE()).statusCode();
    }

    private Map<String, SourceId> slots(int index, LegId leg) {
        return node(index).relay().slotsOf(leg);
    }

    private static LegId leg(HttpResponse<String> played) {
        var location = played.headers().firstValue("Location").orElseThrow();
        return new LegId("whep-" + location.substring(location.lastIndexOf('/') + 1));
    }
}
