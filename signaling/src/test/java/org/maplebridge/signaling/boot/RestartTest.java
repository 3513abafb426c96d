package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maplebridge.signaling.boot.SocketSessionTest.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;

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
                "maplebridge.voice.keep-days=0",
                "maplebridge.demo.handhelds=-1",
                "maplebridge.demo.handhelds=5001",
                "maplebridge.demo.handhelds=many"
            })
    void aSettingThatCannotBeIsNamed(String setting) {
        var key = setting.substring(0, setting.lastIndexOf('.'));
        assertThatThrownBy(() -> TestNode.on(data, "--" + setting))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(key);
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
