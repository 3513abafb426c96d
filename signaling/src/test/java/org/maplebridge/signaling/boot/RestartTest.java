package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maplebridge.signaling.boot.SocketSessionTest.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupPatch;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.CameraLayers;
import org.maplebridge.signaling.scene.Sources;

/// What a node keeps, and what it refuses to begin with.
class RestartTest {
    @TempDir Path data;

    @Test
    void aSecondStartOnTheSameDataKeepsEverything() throws IOException {
        var order = UUID.randomUUID().toString();
        try (var node = TestNode.on(data)) {
            try (var room = node.console("xinhe")) {
                room.snapshot();
                assertThat(room.verdict(place(order, "car1"))).isEqualTo("ok");
            }
            var file = data.resolve("demo-password");
            assertThat(Files.readString(file).strip()).isEqualTo(TestNode.PASSWORD);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (var node = TestNode.on(data);
                var car = node.terminal("car1")) {
            assertThat(car.snapshot().orders()).anyMatch(known -> known.id().equals(order));
            assertThat(node.get("xinhe", "/api/orders/" + order).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatWasSaidIsHeardAgainAfterARestart() throws IOException {
        String burst;
        try (var node = TestNode.on(data);
                var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            burst = Talk.in(Talk.GROUP, car, room).id();
        }
        try (var node = TestNode.on(data);
                var away = node.terminal("car2")) {
            assertThat(away.snapshot().missed()).anyMatch(missed -> missed.id().equals(burst));
            assertThat(node.get("car2", "/api/bursts/" + burst + "/audio").statusCode())
                    .isEqualTo(200);
        }
        try (var files = Files.walk(data.resolve("voice"))) {
            assertThat(files).anyMatch(file -> file.endsWith(burst + ".opus"));
        }
    }

    @Test
    void whatIsNotToBeKeptIsNot() {
        try (var node = TestNode.on(data, "--maplebridge.voice.record=false");
                var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.verdict(Talk.press(Talk.GROUP));
            Talk.lastAtLeast(250);
            car.verdict(new FloorRelease(Talk.GROUP));

            assertThat(Talk.firstEnded(room).audio()).isFalse();
            assertThat(data.resolve("voice")).doesNotExist();
        }
    }

    @Test
    void madeGroupsAndPatchesAreThereAgainAndWhatWasClosedIsNot() {
        try (var node = TestNode.on(data);
                var city = node.console("city")) {
            city.snapshot();
            city.verdict(new GroupMake("g-1", "集市处置", List.of("car1"), null, null));
            city.verdict(new GroupMake("g-2", "已结束", List.of("car1"), null, null));
            city.verdict(new GroupClose("g-2"));
            city.verdict(new GroupPatch("p-1", List.of("g-1", "group-xinhe")));
            city.verdict(new GroupPatch("p-2", List.of("group-zeguo", "group-daxi")));
            assertThat(city.verdict(new GroupUnpatch("p-2"))).isEqualTo("ok");
        }
        try (var node = TestNode.on(data);
                var car = node.terminal("car1").withMedia();
                var room = node.console("xinhe").withMedia()) {
            assertThat(car.snapshot().groups())
                    .filteredOn(group -> group.patch() != null)
                    .allMatch(group -> group.affiliated())
                    .extracting(group -> group.id())
                    .containsExactlyInAnyOrder("g-1", "group-xinhe");
            assertThat(car.snapshot().groups()).noneMatch(group -> group.id().equals("g-2"));

            room.verdict(new FloorRequest("group-xinhe", 0, null, null, null));
            car.await(FloorTaken.class, taken -> taken.call().equals("g-1"));
            assertThat(node.relay().floorOf(Sources.channel(new CallId("p-1")))).isPresent();
        }
    }

    @Test
    void showsACertificateOfItsOwnAndKeepsIt() throws IOException {
        var file = data.resolve("tls/certificate.pem");
        try (var node = TestNode.on(data, "--maplebridge.tls.self-signed=true")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve("tls/key.pem"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> node.send(node.request("/").GET()))
                    .hasMessageContaining("no answer"); // plain HTTP is none there
        }
        assertThat(SelfSignedCertificate.in(data.resolve("tls")).certificate()).isEqualTo(file);
    }

    @Test
    void aDemoDoesNotListenToTheWorld() {
        assertThatThrownBy(() -> TestNode.on(data, "--server.address=0.0.0.0"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not listen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maplebridge.media.port=70000",
                "maplebridge.media.layers=true",
                "maplebridge.media.layers=vp8",
                "maplebridge.voice.keep-days=0",
                "maplebridge.voice.answer-seconds=0",
                "maplebridge.voice.alert-countdown-seconds=31",
                "maplebridge.voice.ambient-notice=maybe",
                "maplebridge.voice.red=sometimes",
                "maplebridge.demo.handhelds=-1",
                "maplebridge.demo.handhelds=5001",
                "maplebridge.demo.handhelds=many",
                "maplebridge.redis.url=localhost:6379",
                "maplebridge.redis.url=redis://:s3#cret@localhost",
                "maplebridge.redis.sentinels=localhost:26379"
            })
    void aSettingThatCannotBeIsNamed(String setting) {
        var key = setting.substring(0, setting.lastIndexOf('.'));
        assertThatThrownBy(() -> TestNode.on(data, "--" + setting))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("s3");
    }

    @ParameterizedTest
    @EnumSource
    void howCamerasAreSentIsToldToThePageAndToTheRelay(CameraLayers layers) {
        var word = layers.name().toLowerCase(Locale.ROOT);
        try (var node = TestNode.on(data, "--maplebridge.media.layers=" + word);
                var car = node.terminal("car1").withMedia()) {
            var session = car.welcome().session();
            assertThat(car.welcome().limits().layers()).isEqualTo(layers);
            assertThat(node.relay().planOf(node.relay().legOf(session)).layers())
                    .isEqualTo(layers != CameraLayers.NONE);
        }
    }

    @Test
    void handheldsOfALoadTestSignInWithTheDemosPassword() {
        try (var node = TestNode.on(data, "--maplebridge.demo.handhelds=15");
                var handheld = node.terminal("handheld-0015")) {
            assertThat(handheld.welcome().user().unit()).isEqualTo("handheld-0015");
            assertThat(node.login("handheld-0001", "wrong").statusCode()).isEqualTo(401);
        }
    }
}
