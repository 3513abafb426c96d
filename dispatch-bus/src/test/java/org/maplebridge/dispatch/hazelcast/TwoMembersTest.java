package org.maplebridge.dispatch.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.bus.LiveSource;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.NodeCard;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// Two nodes in one process, joined by TCP over loopback.
class TwoMembersTest {
    private static final CallId CALL = new CallId("group-xinhe");
    private static final UnitId CAR = new UnitId("car1");

    @Test
    void theSurvivorKnowsWhatWasKnownAndForgetsWhoDied() throws Exception {
        List<String> members = List.of("127.0.0.1:" + freePort(), "127.0.0.1:" + freePort());
        HazelcastBus first = start("first", members.get(0), members);
        HazelcastBus second = start("second", members.get(1), members);
        try {
            assertThat(first.members()).containsExactlyInAnyOrder(first.self(), second.self());
            theOtherHears(first, second);

            Connection staying = connection("stays", first);
            first.presence().claim(staying);
            second.presence().claim(connection("dies", second));
            second.floors().take(CALL, 7, new SessionId("ann"), second.self());
            second.sources()
                    .announce(new LiveSource(CAR, "s1", second.self(), Instant.EPOCH, Map.of()));
            assertThat(first.sources().of(CAR)).isPresent();
            var card = new NodeCard(second.self(), "http://b:8080", NodeCard.State.UP, 0.5);
            second.nodes().announce(card);
            assertThat(first.nodes().present()).containsExactly(card);
            var estate =
                    new Estate(
                            second.self(),
                            new SessionId("s1"),
                            new UserId("ann"),
                            false,
                            List.of(new GroupId("g1"), new GroupId("g2")));
            second.estates().keep("k", estate);
            BlockingQueue<MembershipChange> told = new ArrayBlockingQueue<>(4);
            first.onMembershipChange(told::add);

            second.dieForTest();

            assertThat(told.poll(20, TimeUnit.SECONDS))
                    .isEqualTo(new MembershipChange.Left(second.self()));
            assertThat(first.presence().all()).containsExactly(staying);
            assertThat(first.sources().all()).isEmpty();
            assertThat(first.nodes().present()).isEmpty();
            assertThat(first.nodes().addresses()).containsExactly("http://b:8080");
            assertThat(first.estates().of("k")).contains(estate);
            assertThat(first.floors().at(CALL).orElseThrow().holder()).isNull();
            assertThat(first.floors().at(CALL).orElseThrow().epoch()).isEqualTo(7);
        } finally {
            second.dieForTest();
            first.close();
        }
    }

    @Test
    void whenHalvesFoundTogetherEverybodyLooksAnew() throws Exception {
        List<String> members = List.of("127.0.0.1:" + freePort(), "127.0.0.1:" + freePort());
        HazelcastBus first = start("first", members.get(0), members);
        HazelcastBus second = start("second", members.get(1), members);
        try {
            BlockingQueue<MembershipChange> told = new LinkedBlockingQueue<>();
            first.onMembershipChange(told::add);
            second.onMembershipChange(told::add);

            second.foundTogether();

            for (int i = 0; i < 2; i++) {
                assertThat(told.poll(20, TimeUnit.SECONDS))
                        .isEqualTo(new MembershipChange.Merged(second.self()));
            }
        } finally {
            second.close();
            first.close();
        }
    }

    private static void theOtherHears(HazelcastBus speaker, HazelcastBus listener)
            throws InterruptedException {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        var envelope = new Envelope(speaker.self(), "placed", "o-1", Map.of("number", "1"));
        try (var _ = listener.subscribe(Topic.ORDERS, heard::add)) {
            speaker.publish(Topic.ORDERS, envelope);

            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(envelope);
        }
    }

    private static HazelcastBus start(String id, String address, List<String> members) {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        return HazelcastBus.start(
                new HazelcastSettings(
                        "two-members-" + port(members),
                        new MemberId(id),
                        "127.0.0.1",
                        port,
                        members));
    }

    private static String port(List<String> members) {
        return members.getFirst().substring(members.getFirst().indexOf(':') + 1);
    }

    private static Connection connection(String name, HazelcastBus bus) {
        return new Connection(
                name, new SessionId(name), new UserId(name), null, bus.self(), Instant.EPOCH);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
