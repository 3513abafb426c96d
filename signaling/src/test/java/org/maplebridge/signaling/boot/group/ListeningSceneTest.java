package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// Who listens to which standing group, by themselves and because a dispatcher says so.
class ListeningSceneTest {
    private static final String STATION = "group-xinhe-station1";
    private static final String PAIR = "pair-xinhe:xinhe-police";

    private final TestNode node = TestNode.shared();

    @Test
    void aFreshSessionHearsItsOwnGroupsTheTownAndTheCountyFirst() {
        try (var car = node.terminal("car1").withMedia()) {
            assertThat(car.snapshot().groups())
                    .filteredOn(Group::affiliated)
                    .extracting(Group::id)
                    .containsExactlyInAnyOrder(
                            "group-xinhe", "group-county", "team-xinhe-patrol", STATION);
            assertThat(car.snapshot().groups())
                    .extracting(Group::kind)
                    .containsExactly("town", "team", "station", "county");
            assertThat(slot(car, "2")).isEqualTo("group-xinhe");
            assertThat(slot(car, "3")).isEqualTo("group-county");
        }
    }

    @Test
    void aDispatcherSaysWhatACarListensTo() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            room.snapshot();
            car.snapshot();

            assertThat(room.verdict(new GroupLeave(STATION, "car1"))).isEqualTo("ok");
            assertThat(changed(car, STATION).affiliated()).isFalse();
            car.forget();
            assertThat(room.verdict(new GroupAffiliate(STATION, "car1"))).isEqualTo("ok");
            assertThat(changed(car, STATION).affiliated()).isTrue();

            assertThat(room.verdict(new GroupAffiliate(STATION, "car1"))).isEqualTo("ok");
            assertThat(node.get("city", "/api/audit?who=xinhe&subject=" + STATION).body())
                    .contains("GROUP_CHANGED")
                    .contains("\"listens\":\"false\"");
            Eventually.holds(() -> node.journal("xinhe").contains("GROUP_CHANGED"));
        }
    }

    @Test
    void whatOneConsoleListensToIsItsOwnAffair() {
        try (var room = node.console("xinhe").withMedia();
                var other = node.console("xinhe").withMedia()) {
            other.snapshot();
            other.forget();

            assertThat(room.verdict(new GroupLeave(STATION, null))).isEqualTo("ok");

            assertThat(room.verdict(request(STATION))).isEqualTo("not-a-member");
            assertThat(other.verdict(request(STATION))).isEqualTo("ok");
            assertThat(other.verdict(new FloorRelease(STATION))).isEqualTo("ok");
            assertThat(other.frames().stream().map(frame -> frame.message().toString()))
                    .noneMatch(said -> said.startsWith("GroupChanged"));
        }
    }

    @Test
    void onlyWhoMayRegroupChangesOthersAndOnlyThoseTheyLead() {
        try (var room = node.console("xinhe");
                var zeguo = node.console("zeguo");
                var car = node.terminal("car1");
                var other = node.terminal("car2")) {
            car.snapshot();
            other.snapshot();
            assertThat(other.verdict(new GroupLeave(STATION, "car1"))).isEqualTo("not-allowed");
            assertThat(zeguo.verdict(new GroupLeave("group-county", "car1")))
                    .isEqualTo("not-visible");
            assertThat(zeguo.verdict(new GroupAffiliate(STATION, "car1"))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupLeave("group-zeguo", "car1")))
                    .isEqualTo("not-visible");
            assertThat(room.verdict(new GroupAffiliate(PAIR, "car1"))).isEqualTo("not-a-member");
            assertThat(room.verdict(new GroupAffiliate(STATION, "car 1"))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupAffiliate(STATION, "xinhe-grid1")))
                    .isEqualTo("offline");
            assertThat(room.verdict(new GroupLeave(STATION, "xinhe-station1")))
                    .isEqualTo("offline");
        }
    }

    @Test
    void thereAreOnlySoManyVoiceSlots() {
        try (var city = node.console("city").withMedia()) {
            city.snapshot();
            for (var town : List.of("xinhe", "zeguo", "daxi", "taiping", "chengdong", "chengxi")) {
                assertThat(city.verdict(new GroupAffiliate("group-" + town, null))).isEqualTo("ok");
            }
            assertThat(city.verdict(new GroupAffiliate("group-wugen", null))).isEqualTo("no-slot");
            assertThat(city.verdict(new GroupLeave("group-daxi", null))).isEqualTo("ok");
            assertThat(city.verdict(new GroupAffiliate("group-wugen", null))).isEqualTo("ok");
        }
    }

    static Group changed(TestSocket socket, String group) {
        return socket.await(GroupChanged.class, said -> said.group().id().equals(group)).group();
    }

    private static String slot(TestSocket socket, String mid) {
        return String.valueOf(socket.await(VoiceSlot.class, slot -> slot.mid().equals(mid)).call());
    }

    private static FloorRequest request(String call) {
        return new FloorRequest(call, 0, null, null, null);
    }
}
