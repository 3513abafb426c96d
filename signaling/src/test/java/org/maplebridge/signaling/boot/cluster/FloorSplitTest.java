package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.bus.InProcessBus;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.FakeRelay;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews.UnitChanged;
import org.maplebridge.signaling.scene.Sources;

/// Nodes lose each other, each side goes on by itself, and they find together again.
class FloorSplitTest extends ClusterCase {
    FloorSplitTest() {
        super(3);
    }

    private static final String GROUP = "group-xinhe";
    private static final CallId CALL = new CallId(GROUP);

    /// Two at each node, so that nobody is alone when a node is.
    private List<TestSocket> people = List.of();

    @BeforeEach
    void start() {
        people =
                List.of(
                        node(0).console("xinhe").withMedia(),
                        node(0).console("xinhe-police").withMedia(),
                        node(1).terminal("car1").withMedia(),
                        node(1).terminal("xinhe-grid1").withMedia(),
                        node(2).terminal("car2").withMedia(),
                        node(2).terminal("xinhe-grid2").withMedia());
        people.forEach(one -> one.await(FloorIdle.class, idle -> idle.call().equals(GROUP)));
    }

    @AfterEach
    void stop() {
        people.forEach(TestSocket::close);
    }

    @Test
    void bothSidesGoOnAndAfterHealingTheLargerOneStands() {
        for (int round = 0; round < 5; round++) { // the smaller side gives more grants meanwhile
            talkOnce(one(1));
        }
        bus(0).cutOff(); // which decided until now
        Eventually.holds(() -> !arbiter(1).equals(bus(0).self()));

        for (int round = 0; round < 7; round++) {
            talkOnce(one(0));
        }
        one(0).forget();
        one(1).forget();
        one(2).forget();
        one(0).verdict(request());
        one(0).await(FloorGranted.class);
        one(1).verdict(request());
        one(1).await(FloorGranted.class);
        one(2).await(FloorTaken.class, taken -> "car1".equals(taken.talker().unit()));

        bus(0).heal();

        one(0).await(FloorRevoked.class);
        one(0).await(FloorTaken.class, taken -> "car1".equals(taken.talker().unit()));
        Eventually.holds(this::relaysAgree);
        one(1).verdict(new FloorRelease(GROUP));
        people.forEach(one -> one.await(FloorIdle.class));
        allHearEachOther();
    }

    @Test
    void whoTookOverOnTheSmallerSideGivesUpWhenTheyFindTogether() {
        bus(2).cutOff();
        Eventually.holds(() -> arbiter(2).equals(bus(2).self()));
        assertThat(arbiter(0)).isEqualTo(bus(0).self());
        for (int round = 0; round < 4; round++) {
            talkOnce(one(2));
        }
        one(2).forget();
        one(2).verdict(request());
        one(2).await(FloorGranted.class);

        bus(2).heal();

        one(2).await(FloorRevoked.class);
        Eventually.holds(() -> arbiter(2).equals(bus(0).self()));
        allHearEachOther();
    }

    @Test
    void whoIsOnTheOtherSideIsSeenAgainWhenTheyFindTogether() {
        people.forEach(TestSocket::forget);
        bus(2).cutOff();
        one(0).await(UnitChanged.class, isOnline("car2", false));
        one(2).await(UnitChanged.class, isOnline("car1", false));

        bus(2).heal();

        one(0).await(UnitChanged.class, isOnline("car2", true));
        one(2).await(UnitChanged.class, isOnline("car1", true));
    }

    private static Predicate<UnitChanged> isOnline(String unit, boolean online) {
        return news -> news.unit().id().equals(unit) && news.unit().online() == online;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverHappenedInBetweenInTheEndThereIsOneFloor(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 150; step++) {
            var one = people.get(random.nextInt(people.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> one.say(request());
                case 3, 4, 5 -> one.say(new FloorRelease(GROUP));
                case 6 -> bus(random.nextInt(3)).cutOff();
                default -> bus(0).heal();
            }
        }
        bus(0).heal();
        Eventually.holds(
                () -> IntStream.range(0, 3).mapToObj(this::arbiter).distinct().count() == 1);
        people.forEach(one -> assertThat(one.verdict(new FloorRelease(GROUP))).isEqualTo("ok"));
        Eventually.holds(() -> people.stream().allMatch(FloorSplitTest::isIdle));
        allHearEachOther();
    }

    private void allHearEachOther() {
        Eventually.holds(() -> isGranted(one(0))); // until everybody has come in again
        for (var talker : people) {
            Eventually.holds(() -> people.stream().allMatch(FloorSplitTest::isIdle));
            people.forEach(TestSocket::forget);
            talker.verdict(request());
            talker.await(FloorGranted.class);
            for (var one : people) {
                if (one != talker) {
                    one.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
                }
            }
            Eventually.holds(this::relaysAgree);
            talker.verdict(new FloorRelease(GROUP));
        }
    }

    /// All relays let the same grant's talker through.
    private boolean relaysAgree() {
        var grants =
                nodes().stream()
                        .map(node -> node.relay().floorOf(Sources.channel(CALL)))
                        .map(holder -> holder.map(FakeRelay.Holder::epoch))
                        .distinct()
                        .toList();
        return grants.size() == 1 && grants.getFirst().isPresent();
    }

    private static boolean isGranted(TestSocket one) {
        one.forget();
        one.verdict(request());
        boolean granted =
                one.await(
                                FloorNews.class,
                                news -> news instanceof FloorGranted || news instanceof FloorDenied)
                        instanceof FloorGranted;
        one.verdict(new FloorRelease(GROUP));
        return granted;
    }

    private static void talkOnce(TestSocket one) {
        one.forget();
        one.verdict(request());
        one.await(FloorGranted.class);
        one.verdict(new FloorRelease(GROUP));
        one.await(FloorIdle.class);
    }

    /// What this one was told last.
    private static boolean isIdle(TestSocket one) {
        return one.frames().reversed().stream()
                .map(frame -> frame.message())
                .filter(message -> GROUP.equals(callOf(message)))
                .findFirst()
                .filter(FloorIdle.class::isInstance)
                .isPresent();
    }

    private static @Nullable String callOf(ServerMessage message) {
        return switch (message) {
            case FloorIdle(var call) -> call;
            case FloorTaken taken -> taken.call();
            case FloorGranted granted -> granted.call();
            default -> null;
        };
    }

    private MemberId arbiter(int seenFrom) {
        return bus(seenFrom).arbiters().at(CALL).orElseThrow().member();
    }

    private InProcessBus bus(int index) {
        return (InProcessBus) node(index).bus();
    }

    private TestSocket one(int node) {
        return people.get(2 * node);
    }

    private static FloorRequest request() {
        return new FloorRequest(GROUP, 0, null, null, null);
    }
}
