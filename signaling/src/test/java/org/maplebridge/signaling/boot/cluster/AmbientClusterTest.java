package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientReport;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStart;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStop;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientAsked;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientEnded;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.scene.Sources;

/// Listening in on a unit whose terminal is at another node.
class AmbientClusterTest extends ClusterCase {
    AmbientClusterTest() {
        super(2);
    }

    private static final SourceId CAR_MIC = Sources.microphone(new UnitId("car1"));

    private final String id = UUID.randomUUID().toString();

    @Test
    void theTerminalIsAskedWhereItIsAndHeardWhereSomebodyListens() {
        try (var city = node(0).console("city").withMedia();
                var chief = node(1).console("commander").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            assertThat(city.verdict(new AmbientStart(id, "car2", false))).isEqualTo("offline");
            assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("ok");
            assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("ok");
            var asked = car.await(AmbientAsked.class, a -> a.ambient().equals(id));
            assertThat(asked.notice()).isTrue();
            assertThat(asked.by()).isEqualTo(city.welcome().user().name());
            changed(city, AmbientState.ASKED);
            assertThat(audit()).contains("AMBIENT_STARTED", "of node-2");
            assertThat(sent()).isEmpty();

            assertThat(car.verdict(new AmbientReport(id, true, null))).isEqualTo("ok");
            assertThat(changed(city, AmbientState.ON).notice()).isTrue();
            city.await(VoiceSlot.class, v -> id.equals(v.call()));
            Eventually.holds(() -> sent().containsValue(CAR_MIC));
            assertThat(hears(city)).isTrue();

            var second = UUID.randomUUID().toString();
            assertThat(chief.verdict(new AmbientStart(id, "car1", false))).isEqualTo("id-conflict");
            assertThat(chief.verdict(new AmbientStart(second, "car1", false))).isEqualTo("ok");
            chief.await(AmbientChanged.class, c -> c.state() == AmbientState.ON);
            assertThat(chief.verdict(new AmbientStop(id))).isEqualTo("not-visible");

            assertThat(city.verdict(new AmbientStop(id))).isEqualTo("ok");
            changed(city, AmbientState.ENDED);
            car.await(AmbientEnded.class, e -> e.ambient().equals(id));
            Eventually.holds(() -> sent().isEmpty());
            assertThat(hears(city)).isFalse();
            assertThat(city.verdict(new AmbientStop(id))).isEqualTo("not-visible");
            Eventually.holds(() -> audit().contains("AMBIENT_ENDED"));

            var third = UUID.randomUUID().toString();
            city.verdict(new AmbientStart(third, "car1", false));
            city.await(
                    AmbientChanged.class,
                    c -> c.ambient().equals(third) && c.state() == AmbientState.ON);
            car.verdict(new AmbientReport(third, false, "麦克风被占用"));
            assertThat(
                            city.await(
                                            AmbientChanged.class,
                                            c ->
                                                    c.ambient().equals(third)
                                                            && c.state() == AmbientState.ENDED)
                                    .reason())
                    .isEqualTo("麦克风被占用");
            Eventually.holds(() -> sent().isEmpty());
        }
    }

    @Test
    void itEndsWithTheUnitsNode() {
        try (var city = node(0).console("city").withMedia()) {
            var car = node(1).terminal("car1").withMedia();
            listen(city, car);

            node(1).bus().close();

            assertThat(changed(city, AmbientState.ENDED).reason()).isEqualTo("offline");
            Eventually.holds(() -> audit().contains("AMBIENT_ENDED"));
            assertThat(hears(city)).isFalse();
        }
    }

    @Test
    void itEndsWithTheListenersNodeAndWithTheListener() {
        var city = node(0).console("city").withMedia();
        try (var car = node(1).terminal("car1").withMedia()) {
            listen(city, car);

            node(0).bus().close();

            car.await(AmbientEnded.class, ended -> ended.ambient().equals(id));
        }
    }

    @Test
    void badLettersDoNothing() {
        try (var city = node(0).console("city").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            listen(city, car);
            var bus = node(1).bus();
            for (var kind : List.of("start", "stop", "still", "state", "what")) {
                for (var fields :
                        List.of(
                                Map.<String, String>of(),
                                Map.of("state", "LOUD"),
                                Map.of("unit", "car1", "by", "a b c d"))) {
                    bus.send(
                            node(0).bus().self(),
                            Topic.AMBIENT,
                            new Envelope(bus.self(), kind, "not known", fields));
                    bus.send(
                            node(0).bus().self(),
                            Topic.AMBIENT,
                            new Envelope(bus.self(), kind, "unknown", fields));
                }
            }
            assertThat(city.verdict(new AmbientStop(id))).isEqualTo("ok");
            changed(city, AmbientState.ENDED);
        }
    }

    private void listen(TestSocket city, TestSocket car) {
        car.snapshot();
        assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("ok");
        car.await(AmbientAsked.class, asked -> asked.ambient().equals(id));
        car.verdict(new AmbientReport(id, true, null));
        changed(city, AmbientState.ON);
    }

    private AmbientChanged changed(TestSocket listener, AmbientState state) {
        return listener.await(
                AmbientChanged.class, c -> c.ambient().equals(id) && c.state() == state);
    }

    private boolean hears(TestSocket socket) {
        var relay = node(0).relay();
        return relay.slotsOf(relay.legOf(socket.welcome().session())).values().stream()
                .anyMatch(source -> source.value().startsWith("link:node-2:"));
    }

    private Map<String, SourceId> sent() {
        return node(1).relay().sentTo("node-1");
    }

    private String audit() {
        return node(0).get("city", "/api/audit?subject=car1").body();
    }
}
