package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.group.ListeningSceneTest.changed;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallBroadcast;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupPatch;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Broadcast;
import org.maplebridge.signaling.scene.Sources;

/// One voice to everybody in a group.
class BroadcastSceneTest {
    private static final String GROUP = "group-xinhe";

    /// 3GPP TS 24.380 §8.2.6.2: receive only.
    private static final int RECEIVE_ONLY = 5;

    private final TestNode node = TestNode.shared();
    private final String id = "b-" + UUID.randomUUID();

    @Test
    void everybodyHearsItNobodyAnswersAndItsReleaseEndsIt() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok");

            room.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
            var taken = car.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(taken.mayRequest()).isFalse();
            assertThat(taken.talker().unit()).isEqualTo("xinhe");
            assertThat(changed(car, GROUP).broadcast()).isEqualTo(new Broadcast(id, "新河指挥室座席"));
            assertThat(node.relay().floorOf(Sources.channel(new CallId(id)))).isPresent();

            assertThat(car.verdict(request())).isEqualTo("ok");
            assertThat(car.await(FloorDenied.class, denied -> denied.call().equals(GROUP)).cause())
                    .isEqualTo(RECEIVE_ONLY);

            car.forget();
            room.verdict(new FloorRelease(GROUP));
            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            assertThat(changed(car, GROUP).broadcast()).isNull();
            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok"); // over is over
            assertThat(node.relay().floorOf(Sources.channel(new CallId(id)))).isEmpty();

            assertThat(car.verdict(request())).isEqualTo("ok");
            car.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
            car.verdict(new FloorRelease(GROUP));
            Eventually.holds(() -> node.journal("xinhe").contains("BROADCAST_ENDED"));
        }
    }

    @Test
    void theCitySpeaksToATownItDoesNotListenTo() {
        try (var city = node.console("city").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            assertThat(city.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok");
            city.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
            car.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
            assertThat(changed(car, GROUP).broadcast()).isNotNull();
            car.forget();

            assertThat(city.verdict(new FloorRelease(GROUP))).isEqualTo("ok");

            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            assertThat(changed(car, GROUP).broadcast()).isNull();
            assertThat(city.verdict(request())).isEqualTo("not-a-member");
        }
    }

    @Test
    void whoComesInTheMiddleHearsTheRest() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            room.verdict(new CallBroadcast(id, GROUP));
            room.await(FloorGranted.class);
            try (var late = node.terminal("car2").withMedia()) {
                late.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
                Eventually.holds(() ->
                        node.relay()
                                .slotsOf(node.relay().legOf(late.welcome().session()))
                                .containsValue(Sources.channel(new CallId(id))));
            }
            room.verdict(new FloorRelease(GROUP));
            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
        }
    }

    @Test
    void itEndsWithWhoSpeaks() {
        try (var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            var token = node.freshToken("city");
            var city = TestSocket.open(node, token, false).withMedia();
            city.verdict(new CallBroadcast(id, GROUP));
            car.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
            assertThat(changed(car, GROUP).broadcast()).isNotNull();
            car.forget();

            node.send(node.bearer(token, "/api/logout").POST(BodyPublishers.noBody()));

            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            assertThat(changed(car, GROUP).broadcast()).isNull();
        }
    }

    @Test
    void aGroupThatIsJoinedOrSpokenToIsBusy() {
        try (var city = node.console("city").withMedia();
                var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            var patch = new GroupPatch("p-" + id, List.of(GROUP, "group-zeguo"));
            assertThat(city.verdict(patch)).isEqualTo("ok");
            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("busy");
            assertThat(city.verdict(new GroupUnpatch("p-" + id))).isEqualTo("ok");

            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok");
            assertThat(city.verdict(new CallBroadcast(id + "c", GROUP))).isEqualTo("busy");
            assertThat(city.verdict(new GroupPatch("q-" + id, List.of(GROUP, "group-zeguo"))))
                    .isEqualTo("busy");
            room.verdict(new FloorRelease(GROUP));
            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
        }
    }

    @Test
    void aGroupThatClosesTakesItsBroadcastWithIt() {
        var group = "g-" + UUID.randomUUID();
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            room.verdict(new GroupMake(group, "集市", List.of("car1"), null, null));
            assertThat(room.verdict(new CallBroadcast(id, group))).isEqualTo("ok");
            car.await(FloorTaken.class, taken -> taken.call().equals(group));

            assertThat(room.verdict(new GroupClose(group))).isEqualTo("ok");

            Eventually.holds(() -> node.relay().floorOf(Sources.channel(new CallId(id))).isEmpty());
            assertThat(room.verdict(new CallBroadcast(id + "b", group))).isEqualTo("not-visible");
        }
    }

    @Test
    void whoMayNotOrCannotSpeakToAllIsRefused() {
        var group = "g-" + UUID.randomUUID();
        try (var room = node.console("xinhe");
                var police = node.console("xinhe-police").withMedia();
                var car = node.terminal("car1").withMedia();
                var city = node.console("city").withMedia()) {
            car.snapshot();
            assertThat(police.verdict(new CallBroadcast(id, GROUP))).isEqualTo("not-allowed");
            assertThat(car.verdict(new CallBroadcast(id, GROUP))).isEqualTo("not-allowed");
            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("no-media");
            assertThat(room.verdict(new CallBroadcast(id, "group-zeguo"))).isEqualTo("not-visible");
            assertThat(room.verdict(new CallBroadcast(id, "no such"))).isEqualTo("not-visible");
            assertThat(room.verdict(new CallBroadcast("a b", GROUP))).isEqualTo("malformed");
            assertThat(city.verdict(new CallBroadcast(id, "group-songmen"))).isEqualTo("offline");
            assertThat(city.verdict(new CallBroadcast(GROUP, GROUP))).isEqualTo("id-conflict");

            police.verdict(new GroupMake(group, "警组", List.of("car1"), null, null));
            assertThat(changed(room, group).affiliated()).isFalse();
            assertThat(room.verdict(new CallBroadcast(id, group))).isEqualTo("not-a-member");
            police.verdict(new GroupClose(group));
        }
    }

    @Test
    void anIdThatWasUsedForAnotherBroadcastIsRefused() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            room.verdict(new CallBroadcast(id, GROUP));
            assertThat(room.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok");
            assertThat(room.verdict(new CallBroadcast(id, "group-county")))
                    .isEqualTo("id-conflict");
            room.verdict(new FloorRelease(GROUP));
            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
        }
    }

    private static FloorRequest request() {
        return new FloorRequest(GROUP, 0, null, null, null);
    }
}
