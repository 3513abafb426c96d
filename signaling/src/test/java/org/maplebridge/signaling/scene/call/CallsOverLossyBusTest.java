package org.maplebridge.signaling.scene.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallAnswer;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallDecline;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;

/// People of two nodes call each other at random while every fifth letter between the nodes is
/// lost. When letters arrive again, nobody is left in a call that the other side knows nothing of,
/// no two calls join the same two, and everybody was told what is.
class CallsOverLossyBusTest {
    private static final int STEPS = 60;

    private static final AtomicBoolean LOSES = new AtomicBoolean();
    private static List<TestNode> nodes = List.of();

    @BeforeAll
    static void start() {
        var seeds = new SplittableRandom(7);
        nodes = TestNode.cluster(2, bus -> new LossyBus(bus, seeds.split(), LOSES));
    }

    @AfterAll
    static void stop() {
        nodes.forEach(TestNode::close);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nobodyIsLeftInHalfACall(long seed) {
        var random = new SplittableRandom(seed);
        var people = new LinkedHashMap<String, TestSocket>();
        people.put("xinhe", nodes.get(0).console("xinhe").withMedia());
        people.put("car1", nodes.get(1).terminal("car1").withMedia());
        people.put("car2", nodes.get(0).terminal("car2").withMedia());
        people.put("city", nodes.get(1).console("city").withMedia());
        try {
            LOSES.set(true);
            for (int i = 0; i < STEPS; i++) {
                step(people, random);
            }
            LOSES.set(false);
            Eventually.holds(() -> {
                nodes.forEach(node -> calls(node).repeat());
                return agree(people.values());
            });
            assertThat(pairs()).doesNotHaveDuplicates();

            people.values()
                    .forEach(one -> isIn(one).forEach(call -> one.verdict(new CallClose(call))));
            Eventually.holds(() -> {
                nodes.forEach(node -> calls(node).repeat());
                return nodes.stream().allMatch(node -> calls(node).all().isEmpty());
            });
            Eventually.holds(() -> people.values().stream().allMatch(one -> isIn(one).isEmpty()));
        } finally {
            LOSES.set(false);
            people.values().forEach(TestSocket::close);
        }
    }

    private static void step(Map<String, TestSocket> people, SplittableRandom random) {
        var units = List.copyOf(people.keySet());
        var unit = units.get(random.nextInt(units.size()));
        var one = people.getOrDefault(unit, people.values().iterator().next());
        var known = new ArrayList<>(isIn(one));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                var other = units.get(random.nextInt(units.size()));
                var answer = random.nextBoolean() ? Answering.AUTO : Answering.MANUAL;
                one.ask(new CallOpen(other, random.nextBoolean(), answer, null));
            }
            case 2 -> known.forEach(call -> one.verdict(new CallAnswer(call)));
            case 3 -> known.forEach(call -> one.verdict(new CallDecline(call, null)));
            default -> {
                if (!known.isEmpty()) {
                    one.verdict(new CallClose(known.get(random.nextInt(known.size()))));
                }
            }
        }
    }

    /// Whether both nodes believe the same of each call, and everybody was told that.
    private static boolean agree(Iterable<TestSocket> people) {
        var decided = new LinkedHashMap<String, Call>();
        for (var node : nodes) {
            for (var call : calls(node).all()) {
                if (call.decidedBy().equals(node.bus().self())) {
                    decided.put(call.id().value(), call);
                }
            }
        }
        for (var node : nodes) {
            for (var call : calls(node).all()) {
                var there = decided.get(call.id().value());
                if (there == null
                        || there.number() != call.number()
                        || !there.state().everybody().equals(call.state().everybody())) {
                    return false;
                }
            }
        }
        for (var one : people) {
            var session = new SessionId(one.welcome().session());
            var there =
                    decided.values().stream()
                            .filter(call -> call.endOf(session).isPresent())
                            .map(call -> call.id().value())
                            .collect(Collectors.toSet());
            if (!there.equals(isIn(one))) {
                return false;
            }
        }
        return true;
    }

    /// Which two each open call joins.
    private static List<Set<String>> pairs() {
        return nodes.stream()
                .flatMap(node ->
                        calls(node).all().stream()
                                .filter(call -> call.decidedBy().equals(node.bus().self())))
                .filter(Call::isOpen)
                .map(call -> Set.of(call.terms().caller().id(), call.terms().callee().id()))
                .toList();
    }

    /// The calls this one was told of, ringing or open, and that are not over for them.
    private static Set<String> isIn(TestSocket one) {
        var in = new HashSet<String>();
        for (var frame : one.frames()) {
            switch (frame.message()) {
                case CallRinging ringing -> in.add(ringing.call());
                case CallOpened opened -> in.add(opened.call());
                case CallClosed closed -> in.remove(closed.call());
                default -> {}
            }
        }
        return in;
    }

    private static Calls calls(TestNode node) {
        return node.bean("calls", Calls.class);
    }
}
