package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.group.ListeningSceneTest.changed;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.codec.ServerFrame;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupPatch;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Patch;
import org.maplebridge.signaling.scene.Sources;

/// Groups that are joined for a while.
class PatchSceneTest {
    private static final String XINHE = "group-xinhe";
    private static final String ZEGUO = "group-zeguo";

    private final TestNode node = TestNode.shared();
    private final String id = "p-" + UUID.randomUUID();
    private final SourceId together = Sources.channel(new CallId(id));

    @Test
    void whatIsSaidInOneGroupIsHeardInAllUntilTheyAreParted() {
        try (var city = node.console("city").withMedia();
                var car = node.terminal("car1").withMedia();
                var zeguo = node.terminal("zeguo-car1").withMedia()) {
            city.verdict(new GroupAffiliate(XINHE, null));
            city.verdict(new GroupAffiliate(ZEGUO, null));
            car.snapshot();
            zeguo.snapshot();

            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok");

            for (var listener : List.of(car, zeguo)) {
                var group = listener == car ? XINHE : ZEGUO;
                assertThat(changed(listener, group).patch())
                        .isEqualTo(new Patch(id, List.of(XINHE, ZEGUO), "市指挥中心座席"));
                assertThat(heard(listener)).isEqualTo(1);
            }
            assertThat(heard(city)).isEqualTo(1); // once, though it listens to both

            assertThat(car.verdict(request(XINHE))).isEqualTo("ok");
            car.await(FloorGranted.class, granted -> granted.call().equals(XINHE));
            assertThat(
                            zeguo.await(FloorTaken.class, taken -> taken.call().equals(ZEGUO))
                                    .talker()
                                    .unit())
                    .isEqualTo("car1");
            city.await(FloorTaken.class, taken -> taken.call().equals(XINHE));
            city.await(FloorTaken.class, taken -> taken.call().equals(ZEGUO));
            Eventually.holds(() -> heard(car) == 0);
            assertThat(node.relay().floorOf(together)).isPresent();
            car.verdict(new FloorRelease(XINHE));
            city.await(FloorIdle.class, idle -> idle.call().equals(ZEGUO));

            zeguo.forget();
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
            assertThat(changed(zeguo, ZEGUO).patch()).isNull();
            Eventually.holds(() -> heard(car) == 0 && heard(zeguo) == 0 && heard(city) == 0);
            Eventually.holds(() ->
                    node.relay()
                            .slotsOf(node.relay().legOf(zeguo.welcome().session()))
                            .containsValue(Sources.channel(new CallId(ZEGUO))));
            assertThat(node.get("city", "/api/audit?who=city&subject=" + id).body())
                    .contains("\"change\":\"joined\"")
                    .contains("\"change\":\"parted\"");
            Eventually.holds(() -> node.journal("xinhe").contains("GROUPS_PARTED"));
        }
    }

    @Test
    void whoWaitsWhenGroupsAreJoinedIsDeniedAndGrantedNothingInPassing() {
        try (var city = node.console("city").withMedia();
                var car = node.terminal("car1").withMedia();
                var other = node.terminal("car2").withMedia()) {
            city.snapshot();
            car.verdict(request(XINHE));
            car.await(FloorGranted.class);
            other.verdict(request(XINHE));
            other.await(FloorQueued.class);

            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok");

            assertThat(car.await(FloorRevoked.class).cause()).isEqualTo(255);
            assertThat(other.await(FloorDenied.class).cause()).isEqualTo(255);
            other.await(FloorIdle.class);
            assertThat(other.frames())
                    .extracting(ServerFrame::message)
                    .noneMatch(FloorGranted.class::isInstance);
            assertThat(other.verdict(request(XINHE))).isEqualTo("ok");
            other.await(FloorGranted.class);
            other.verdict(new FloorRelease(XINHE));
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
        }
    }

    @Test
    void whoComesWhileGroupsAreJoinedHearsThemAll() {
        try (var city = node.console("city")) {
            city.snapshot();
            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok");
            try (var car = node.terminal("car1").withMedia()) {
                Eventually.holds(() -> heard(car) == 1);
                assertThat(car.snapshot().groups())
                        .filteredOn(group -> group.patch() != null)
                        .extracting(group -> group.id())
                        .containsExactly(XINHE);
            }
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
        }
    }

    @Test
    void aPatchEndsWhenOneOfItsGroupsCloses() {
        var group = "g-" + UUID.randomUUID();
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            room.verdict(new GroupMake(group, "集市", List.of("car1", "xinhe"), null, null));
            assertThat(room.verdict(patch(group, XINHE))).isEqualTo("ok");
            for (var joined : List.of(group, XINHE)) {
                car.await(
                        GroupChanged.class,
                        said -> said.group().id().equals(joined) && said.group().patch() != null);
            }
            assertThat(heard(car)).isEqualTo(1);
            car.forget();

            assertThat(room.verdict(new GroupClose(group))).isEqualTo("ok");

            assertThat(changed(car, XINHE).patch()).isNull();
            Eventually.holds(() -> heard(car) == 0);
            assertThat(room.verdict(new GroupUnpatch(id))).isEqualTo("ok"); // it is parted already
        }
    }

    @Test
    void oneGroupIsJoinedOnceAndRepeatsAreHarmless() {
        try (var city = node.console("city")) {
            city.snapshot();
            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok");
            assertThat(city.verdict(patch(ZEGUO, XINHE))).isEqualTo("ok");
            assertThat(city.verdict(patch(XINHE, "group-daxi"))).isEqualTo("id-conflict");
            assertThat(city.verdict(new GroupPatch(id + "b", List.of("group-daxi", XINHE))))
                    .isEqualTo("busy");
            assertThat(city.verdict(new GroupPatch(XINHE, List.of("group-daxi", "group-wugen"))))
                    .isEqualTo("id-conflict");
            assertThat(city.verdict(new GroupMake(id, "组", List.of("city"), null, null)))
                    .isEqualTo("id-conflict");
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok"); // it stays parted
            assertThat(city.verdict(new GroupPatch(id + "c", List.of("group-daxi", XINHE))))
                    .isEqualTo("ok");
            assertThat(city.verdict(new GroupUnpatch(id + "c"))).isEqualTo("ok");
        }
    }

    @Test
    void onlyWhoMayJoinAllGroupsJoinsAndPartsThem() {
        try (var city = node.console("city");
                var room = node.console("xinhe");
                var daxi = node.console("daxi");
                var car = node.terminal("car1")) {
            car.snapshot();
            assertThat(car.verdict(patch(XINHE, "group-xinhe-station1"))).isEqualTo("not-allowed");
            assertThat(room.verdict(patch(XINHE, ZEGUO))).isEqualTo("not-visible");
            assertThat(room.verdict(patch(XINHE, "no such"))).isEqualTo("not-visible");
            assertThat(room.verdict(patch(XINHE, XINHE))).isEqualTo("malformed");
            assertThat(room.verdict(patch(XINHE))).isEqualTo("malformed");
            assertThat(room.verdict(patch(Collections.nCopies(9, XINHE).toArray(String[]::new))))
                    .isEqualTo("too-large");
            assertThat(room.verdict(new GroupPatch("a b", List.of(XINHE, "group-county"))))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new GroupUnpatch(id))).isEqualTo("not-visible");
            assertThat(room.verdict(new GroupUnpatch("a b"))).isEqualTo("not-visible");

            assertThat(city.verdict(patch(XINHE, ZEGUO))).isEqualTo("ok");
            assertThat(car.verdict(new GroupUnpatch(id))).isEqualTo("not-allowed");
            assertThat(room.verdict(new GroupUnpatch(id))).isEqualTo("not-allowed");
            assertThat(daxi.verdict(new GroupUnpatch(id))).isEqualTo("not-visible");
            assertThat(city.verdict(new GroupUnpatch(id))).isEqualTo("ok");
        }
    }

    @Test
    void aGroupOneSeesButMayNotJoinIsNotJoinedWithOthers() {
        var group = "g-" + UUID.randomUUID();
        try (var police = node.console("xinhe-police");
                var room = node.console("xinhe")) {
            room.snapshot();
            police.verdict(new GroupMake(group, "警组", List.of("car1"), null, null));
            assertThat(changed(room, group).affiliated()).isFalse();

            assertThat(room.verdict(patch(XINHE, group))).isEqualTo("not-a-member");
            assertThat(police.verdict(new GroupClose(group))).isEqualTo("ok");
        }
    }

    /// In how many slots the joined conversation is heard.
    private long heard(TestSocket socket) {
        var leg = node.relay().legOf(socket.welcome().session());
        return node.relay().slotsOf(leg).values().stream().filter(together::equals).count();
    }

    private GroupPatch patch(String... groups) {
        return new GroupPatch(id, List.of(groups));
    }

    private static FloorRequest request(String call) {
        return new FloorRequest(call, 0, null, null, null);
    }
}
