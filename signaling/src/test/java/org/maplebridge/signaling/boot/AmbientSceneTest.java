package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientReport;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStart;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStop;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientAsked;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientEnded;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.scene.Sources;

/// Listening in on a unit: by whom, shown to whom, written down where.
class AmbientSceneTest {
    private static final SourceId CAR_MIC = Sources.microphone(new UnitId("car1"));

    private final TestNode node = TestNode.shared();
    private final String id = UUID.randomUUID().toString();

    @Test
    void theCityHearsTheCarOnceItsMicrophoneIsOpenAndTheCrewIsShownWho() {
        try (var city = node.console("city").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("ok");

            assertThat(changed(city, AmbientState.ASKED).notice()).isTrue();
            var asked = car.await(AmbientAsked.class, a -> a.ambient().equals(id));
            assertThat(asked.notice()).isTrue();
            assertThat(asked.by()).contains("市指挥中心");
            assertThat(node.relay().slotsOf(leg(city))).doesNotContainValue(CAR_MIC);
            assertThat(node.get("city", "/api/audit?subject=car1").body())
                    .contains("AMBIENT_STARTED");

            assertThat(car.verdict(new AmbientReport(id, true, null))).isEqualTo("ok");

            changed(city, AmbientState.ON);
            var slot = city.await(VoiceSlot.class, v -> id.equals(v.call())).mid();
            assertThat(node.relay().slotsOf(leg(city))).containsEntry(slot, CAR_MIC);
            assertThat(city.verdict(new AmbientStop(id))).isEqualTo("ok");
            changed(city, AmbientState.ENDED);
            car.await(AmbientEnded.class, e -> e.ambient().equals(id));
            assertThat(node.relay().slotsOf(leg(city))).doesNotContainValue(CAR_MIC);
            assertThat(city.verdict(new AmbientStop(id))).isEqualTo("not-visible");
            Eventually.holds(() ->
                    node.get("city", "/api/audit?subject=car1").body().contains("AMBIENT_ENDED"));
        }
    }

    @Test
    void whereThePolicySaysSoNobodyIsShown() {
        var silent = TestNode.hasty();
        try (var city = silent.console("city").withMedia();
                var car = silent.terminal("car2").withMedia()) {
            city.verdict(new AmbientStart(id, "car2", true));

            var asked = car.await(AmbientAsked.class, a -> a.ambient().equals(id));
            assertThat(asked.notice()).isFalse();
            assertThat(asked.by()).isNull();
            assertThat(asked.picture()).isTrue();
            assertThat(silent.get("city", "/api/audit?subject=car2").body())
                    .contains("AMBIENT_STARTED");
            city.verdict(new AmbientStop(id));
        }
    }

    @Test
    void aTerminalThatSaysNothingEndsIt() {
        var hasty = TestNode.hasty();
        try (var city = hasty.console("city").withMedia();
                var car = hasty.terminal("car1").withMedia()) {
            city.verdict(new AmbientStart(id, "car1", false));

            assertThat(changed(city, AmbientState.ENDED).reason()).isEqualTo("no-answer");
            car.await(AmbientEnded.class, e -> e.ambient().equals(id));
            assertThat(car.verdict(new AmbientReport(id, true, null))).isEqualTo("not-visible");
        }
    }

    @Test
    void severalWhoListenShareOneOpening() {
        var second = UUID.randomUUID().toString();
        try (var city = node.console("city").withMedia();
                var chief = node.console("commander").withMedia();
                var car = node.terminal("car1").withMedia()) {
            city.verdict(new AmbientStart(id, "car1", false));
            car.verdict(new AmbientReport(id, true, null));
            changed(city, AmbientState.ON);

            assertThat(chief.verdict(new AmbientStart(second, "car1", false))).isEqualTo("ok");
            assertThat(chief.verdict(new AmbientStart(second, "car1", false))).isEqualTo("ok");

            chief.await(
                    AmbientChanged.class,
                    c -> c.ambient().equals(second) && c.state() == AmbientState.ON);
            assertThat(node.relay().slotsOf(leg(chief))).containsValue(CAR_MIC);
            assertThat(chief.verdict(new AmbientStart(id, "car1", false))).isEqualTo("id-conflict");
            assertThat(chief.verdict(new AmbientStop(id))).isEqualTo("not-visible");
            car.verdict(new AmbientReport(id, false, "麦克风被占用"));
            assertThat(changed(city, AmbientState.ENDED).reason()).isEqualTo("麦克风被占用");
            chief.await(
                    AmbientChanged.class,
                    c -> c.ambient().equals(second) && c.state() == AmbientState.ENDED);
            assertThat(node.relay().slotsOf(leg(chief))).doesNotContainValue(CAR_MIC);
        }
    }

    @Test
    void itEndsWithTheTerminal() {
        try (var city = node.console("city").withMedia();
                var before = node.terminal("car1").withMedia()) {
            city.verdict(new AmbientStart(id, "car1", false));
            before.verdict(new AmbientReport(id, true, null));
            changed(city, AmbientState.ON);

            try (var car = node.terminal("car1")) {
                car.snapshot();
                assertThat(changed(city, AmbientState.ENDED).reason()).isEqualTo("offline");
            }
        }
    }

    @Test
    void withoutTheRightNobodyListensIn() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car2").withMedia()) {
            assertThat(room.verdict(new AmbientStart(id, "car1", false))).isEqualTo("not-allowed");
            assertThat(car.verdict(new AmbientStart(id, "car1", false))).isEqualTo("not-allowed");
            assertThat(room.verdict(new AmbientStop(id))).isEqualTo("not-allowed");
            assertThat(car.verdict(new AmbientReport(id, true, null))).isEqualTo("not-visible");
            assertThat(node.get("city", "/api/audit?subject=AmbientStart").body())
                    .contains("NOT_ALLOWED");
        }
    }

    @Test
    void whatCannotBeHeardIsRefused() {
        try (var city = node.console("city");
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("no-media");
            city.withVoices(2);
            assertThat(city.verdict(new AmbientStart(id, "daxi-grid2", false)))
                    .isEqualTo("offline");
            assertThat(city.verdict(new AmbientStart(id, "no unit", false)))
                    .isEqualTo("not-visible");
            assertThat(city.verdict(new AmbientStart(id, "city", false))).isEqualTo("not-allowed");
            assertThat(city.verdict(new AmbientStart("group-xinhe", "car1", false)))
                    .isEqualTo("id-conflict");
            assertThat(city.verdict(new AmbientStart("no id", "car1", false)))
                    .isEqualTo("malformed");
            for (var other : new String[] {"a", "b"}) {
                city.verdict(new AmbientStart(id + other, "car1", false));
                car.verdict(new AmbientReport(id + other, true, null));
                city.await(VoiceSlot.class, slot -> (id + other).equals(slot.call())); // has two
            }
            assertThat(city.verdict(new AmbientStart(id, "car1", false))).isEqualTo("no-slot");
            city.verdict(new AmbientStop(id + "a"));
            city.verdict(new AmbientStop(id + "b"));
        }
    }

    private AmbientChanged changed(TestSocket socket, AmbientState state) {
        return socket.await(
                AmbientChanged.class, c -> c.ambient().equals(id) && c.state() == state);
    }

    private LegId leg(TestSocket socket) {
        return node.relay().legOf(socket.welcome().session());
    }
}
