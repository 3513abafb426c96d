package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.codec.ServerFrame;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Pong;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.SessionEnding;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Welcome;

/// Sessions as clients know them: greeting, resume, takeover, end.
class SocketSessionTest {
    private final TestNode node = TestNode.shared();

    @Test
    void greetsAndShowsEverythingAtOnce() {
        try (var room = node.console("xinhe")) {
            var welcome = room.welcome();
            var snapshot = room.snapshot();

            assertThat(welcome.resumed()).isFalse();
            assertThat(welcome.user().unit()).isEqualTo("xinhe");
            assertThat(snapshot.units()).anyMatch(unit -> unit.id().equals("car1"));
            assertThat(snapshot.groups())
                    .anyMatch(group -> group.node().equals("xinhe") && group.affiliated());
            assertThat(room.frames().stream().map(ServerFrame::seq)).startsWith(1L, 2L);
        }
    }

    @Test
    void aLostSocketResumesWithWhatHappenedMeanwhileExactlyOnce() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            room.snapshot();
            var welcome = car.welcome();
            car.snapshot();
            car.withMedia();
            int legs = node.relay().opened();
            long seen = car.lastSeq();
            car.kill();

            var order = UUID.randomUUID().toString();
            assertThat(room.verdict(place(order, "car1"))).isEqualTo("ok");
            room.await(OrderChanged.class, changed -> changed.order().id().equals(order));

            try (var back =
                    TestSocket.resume(node, node.token("car1"), true, welcome.resume(), seen)) {
                assertThat(back.await(Welcome.class).resumed()).isTrue();
                back.ask(place("x", "nobody")); // everything said before has come now
                assertThat(
                                back.frames().stream()
                                        .map(ServerFrame::message)
                                        .filter(OrderChanged.class::isInstance)
                                        .map(OrderChanged.class::cast)
                                        .filter(changed -> changed.order().id().equals(order)))
                        .hasSize(1);
                assertThat(back.frames().getFirst().seq()).isEqualTo(seen + 1);
                assertThat(node.relay().opened()).isEqualTo(legs);
                assertThat(node.relay().hasLegOf(welcome.session())).isTrue();
            }
        }
    }

    @Test
    void aStrangersResumeTokenOpensNothing() {
        try (var room = node.console("xinhe")) {
            var token = room.welcome().resume();

            try (var other = TestSocket.resume(node, node.token("zeguo"), false, token, 1)) {
                assertThat(other.welcome().resumed()).isFalse();
                assertThat(other.welcome().user().id()).isEqualTo("zeguo");
            }
        }
    }

    @Test
    void aUnitHasOneTerminalAndTheNewerOneWins() {
        var first = node.terminal("car2");
        first.snapshot();
        try (var second = node.terminal("car2")) {
            second.snapshot();

            assertThat(first.await(SessionEnding.class).code()).isEqualTo(4409);
            assertThat(first.closeCode()).isEqualTo(4409);
        }
    }

    @Test
    void consolesOfOneAccountLiveSideBySide() {
        try (var one = node.console("xinhe");
                var two = node.console("xinhe")) {
            one.snapshot();
            two.snapshot();
            one.say(new Ping(1));
            two.say(new Ping(1));

            one.await(Pong.class);
            two.await(Pong.class);
        }
    }

    @Test
    void signingOutEndsWhatTheTokenOpened() {
        var token = node.freshToken("mediator");
        var socket = TestSocket.open(node, token, false);
        socket.snapshot();

        node.send(node.bearer(token, "/api/logout").POST(BodyPublishers.noBody()));

        assertThat(socket.closeCode()).isEqualTo(4401);
        assertThatThrownBy(() -> TestSocket.connect(node, token))
                .rootCause()
                .hasMessageContaining("401");
    }

    @Test
    void whatASessionHadIsGoneWithIt() {
        var car = node.terminal("car2");
        var session = car.welcome().session();
        car.withMedia();
        assertThat(node.relay().hasLegOf(session)).isTrue();

        try (var newer = node.terminal("car2")) {
            newer.snapshot();
            car.closeCode();
            Eventually.holds(() -> !node.relay().hasLegOf(session));
        }
    }

    static OrderPlace place(String order, String unit) {
        return new OrderPlace(order, List.of(unit), null, "立即赶往中心大街", Severity.ORANGE, null);
    }
}
