package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaTrickle;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Section;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.Use;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Pong;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;

/// Whatever a client sends gets its clear refusal, and the session goes on.
class BadInputTest {
    private final TestNode node = TestNode.shared();

    @Test
    void brokenMessagesAreRefusedByCodeAndTheSessionGoesOn() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            room.raw("no json");
            assertThat(room.await(Refused.class).code()).isEqualTo("malformed");
            room.forget();
            room.raw("{\"type\":\"order.explode\",\"id\":\"e1\"}");
            assertThat(room.await(Refused.class, r -> "e1".equals(r.re())).code())
                    .isEqualTo("unknown-type");
            room.raw("{\"type\":\"watch.start\",\"id\":\"e2\",\"tile\":\"left\",\"unit\":5}");
            assertThat(room.await(Refused.class, r -> "e2".equals(r.re())).code())
                    .isEqualTo("malformed");

            room.say(new Ping(1));
            room.await(Pong.class);
        }
    }

    @Test
    void otherTownsUnitsAndNoUnitsLookTheSame() {
        try (var zeguo = node.console("zeguo").withMedia()) {
            var theirs = (Refused) zeguo.ask(new WatchStart(0, "car1"));
            var nobodys = (Refused) zeguo.ask(new WatchStart(0, "no-such-unit"));
            var broken = (Refused) zeguo.ask(new WatchStart(0, "../../etc"));

            assertThat(Stream.of(theirs, nobodys, broken).map(Refused::code))
                    .containsOnly("not-visible");
            assertThat(theirs.detail()).isEqualTo(nobodys.detail());
            assertThat(theirs.params()).isEqualTo(nobodys.params());
        }
        assertThat(node.get("zeguo", "/api/units/car1").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", "/api/units/car1/stats").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", "/api/units").body()).doesNotContain("\"car1\"");
    }

    @Test
    void offersAreRefusedInTheRelaysWords() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var mic = List.of(new Section("0", Use.MIC, null));
            assertThat(room.verdict(new MediaOffer("hello", mic))).isEqualTo("sdp-malformed");
            assertThat(room.verdict(new MediaOffer("v=0", mic))).isEqualTo("sdp-no-ice");
            assertThat(room.verdict(new MediaOffer("v=0\na=ice-ufrag:x", mic)))
                    .isEqualTo("sdp-no-fingerprint");
            assertThat(
                            room.verdict(
                                    new MediaOffer(
                                            TestSocket.OFFER,
                                            List.of(new Section("0", Use.PICTURE, null)))))
                    .isEqualTo("malformed");
            assertThat(room.verdict(new MediaTrickle("a=candidate"))).isEqualTo("no-media");
        }
    }

    @Test
    void aBadRenewalLeavesThePeerConnectionAsItIs() {
        try (var room = node.console("xinhe").withMedia()) {
            var leg = node.relay().legOf(room.welcome().session());
            var sections =
                    List.of(new Section("0", Use.MIC, null), new Section("2", Use.VOICE, null));

            assertThat(room.verdict(new MediaOffer("v=0", sections))).isEqualTo("sdp-no-ice");

            assertThat(node.relay().legOf(room.welcome().session())).isEqualTo(leg);
        }
    }

    @Test
    void aFrameAboveTheLimitClosesTheSocketButNotTheSession() {
        var room = node.console("xinhe");
        var welcome = room.welcome();
        room.snapshot();
        long seen = room.lastSeq();
        room.raw("x".repeat(140_000));

        assertThat(room.closeCode()).isEqualTo(4413);
        try (var back =
                TestSocket.resume(node, node.token("xinhe"), false, welcome.resume(), seen)) {
            assertThat(back.welcome().resumed()).isTrue();
        }
    }

    @Test
    void aFloodClosesTheSocket() {
        var room = node.console("xinhe");
        room.snapshot();
        try {
            for (int i = 0; i < 2_000; i++) {
                room.raw("{\"type\":\"ping\",\"seq\":1}");
            }
        } catch (RuntimeException _) {
            // closed under our hands, as it should be
        }
        assertThat(room.closeCode()).isEqualTo(4429);
    }

    @Test
    void manyBreachesCloseTheSocket() {
        var room = node.console("xinhe");
        room.snapshot();
        for (int i = 0; i < 52; i++) {
            room.raw("[]");
        }
        assertThat(room.closeCode()).isEqualTo(4400);
    }

    @Test
    void whoDoesNotSayHelloFirstIsShownTheDoor() {
        var socket = TestSocket.connect(node, node.token("xinhe"));
        socket.raw("{\"type\":\"ping\",\"seq\":0}");
        assertThat(socket.closeCode()).isEqualTo(4400);
    }

    @Test
    void withoutATokenThereIsNoSocket() {
        assertThatThrownBy(() -> TestSocket.connect(node, "made-up"))
                .rootCause()
                .hasMessageContaining("401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":",
                "[1,2,3]",
                "{\"username\":{\"a\":1},\"password\":[]}",
                "{\"username\":\"xinhe\"}",
                "{}"
            })
    void aBrokenSignInIsTheClientsFault(String body) {
        var answer =
                node.send(
                        node.request("/api/login")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
    }

    @Test
    void bodiesAboveTheLimitAndOfOtherTypesAreRefused() {
        var large = "{\"username\":\"" + "x".repeat(400_000) + "\"}";
        var known =
                node.send(
                        node.request("/api/login")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(large)));
        var chunked =
                node.send(
                        node.request("/api/login")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofInputStream(() ->
                                                new ByteArrayInputStream(
                                                        large.getBytes(StandardCharsets.UTF_8)))));
        var form =
                node.send(
                        node.request("/api/login")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("username=x")));

        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.body()).contains("\"code\":\"unsupported-media-type\"");
    }
}
