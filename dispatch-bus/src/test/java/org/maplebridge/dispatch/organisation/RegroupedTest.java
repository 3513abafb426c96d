package org.maplebridge.dispatch.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// Groups that people make and join, as values.
class RegroupedTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final GeoArea MARKET =
            new GeoArea(
                    List.of(new GeoPoint(28, 121), new GeoPoint(29, 121), new GeoPoint(29, 122)));

    @Test
    void whatIsMadeIsATalkGroupOfItsMakersPlace() {
        var group = made("g1", "xinhe", null);

        assertThat(group.asTalkGroup().kind()).isEqualTo(TalkGroup.Kind.AD_HOC);
        assertThat(group.asTalkGroup().node()).isEqualTo(new NodeId("xinhe"));
        assertThat(group.asTalkGroup().name().en()).isEqualTo("集市处置");
        assertThat(made("g2", "xinhe", "i-1").asTalkGroup().kind())
                .isEqualTo(TalkGroup.Kind.INCIDENT);
        assertThat(Stream.of(TalkGroup.Kind.values()).filter(TalkGroup.Kind::isMade))
                .containsExactly(TalkGroup.Kind.INCIDENT, TalkGroup.Kind.AD_HOC);
    }

    @Test
    void aGroupThatIsAskedForAgainIsTheSameWhoeverWasInTheAreaMeanwhile() {
        var wish = of("集市", Set.of("car1"), MARKET, Set.of("car1", "car2")).wish();

        assertThat(of("集市", Set.of("car1"), MARKET, Set.of("car1")).wish()).isEqualTo(wish);
        assertThat(of("街道", Set.of("car1"), MARKET, Set.of("car1")).wish()).isNotEqualTo(wish);
        assertThat(of("集市", Set.of("car2"), MARKET, Set.of("car2")).wish()).isNotEqualTo(wish);
        assertThat(of("集市", Set.of("car1"), null, Set.of("car1")).wish()).isNotEqualTo(wish);
    }

    @Test
    void aGroupOfNobodyOrOfTooManyIsNone() {
        var crowd = IntStream.range(0, 201).mapToObj(i -> "car" + i).collect(Collectors.toSet());

        assertThatThrownBy(() -> of("空", Set.of(), MARKET, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of("多", Set.of(), MARKET, crowd))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of("少", Set.of("car1"), MARKET, Set.of("car2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(" ", Set.of("car1"), null, Set.of("car1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRoomMayHaveTwoHundredOpenGroupsAndAnotherRoomItsOwn() {
        var state = Regrouped.NOTHING;
        for (int i = 0; i < 200; i++) {
            assertThat(state.isFull(new NodeId("xinhe"))).isFalse();
            state = state.with(made("g" + i, "xinhe", null));
        }

        assertThat(state.isFull(new NodeId("xinhe"))).isTrue();
        assertThat(state.isFull(new NodeId("zeguo"))).isFalse();
        assertThat(state.without(new GroupId("g7")).isFull(new NodeId("xinhe"))).isFalse();
    }

    @Test
    void theGroupsOfAnIncidentAreFound() {
        var state =
                Regrouped.of(
                        List.of(
                                made("g1", "xinhe", "i-1"),
                                made("g2", "xinhe", "i-2"),
                                made("g3", "xinhe", null),
                                made("g4", "city", "i-1")),
                        List.of());

        assertThat(state.madeFor(new IncidentId("i-1")))
                .extracting(group -> group.id().value())
                .containsExactlyInAnyOrder("g1", "g4");
        assertThat(state.madeFor(new IncidentId("i-3"))).isEmpty();
    }

    @Test
    void aPatchEndsWhenOneOfItsGroupsCloses() {
        var state =
                Regrouped.of(
                        List.of(made("g1", "xinhe", null)),
                        List.of(patch("p1", "g1", "group-xinhe"), patch("p2", "a", "b")));

        var after = state.without(new GroupId("g1"));

        assertThat(after.made()).isEmpty();
        assertThat(after.patches()).containsOnlyKeys(new CallId("p2"));
        assertThat(after.patchOf(new GroupId("group-xinhe"))).isEmpty();
    }

    @Test
    void aGroupIsJoinedOnceAndOfTwoPatchesInTheRecordTheFirstStands() {
        var state = Regrouped.NOTHING.with(patch("p1", "a", "b"));

        assertThat(state.isPatched(List.of(new GroupId("b"), new GroupId("c")))).isTrue();
        assertThat(state.isPatched(List.of(new GroupId("c")))).isFalse();
        assertThatThrownBy(() -> state.with(patch("p2", "b", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Regrouped.of(List.of(), List.of(patch("p1", "a", "b"), patch("p2", "b", "c"))))
                .isEqualTo(state);
        assertThat(state.without(new CallId("p1"))).isEqualTo(Regrouped.NOTHING);
    }

    @Test
    void aPatchJoinsTwoToEightGroups() {
        var nine = IntStream.range(0, 9).mapToObj(i -> "g" + i).toArray(String[]::new);

        assertThatThrownBy(() -> patch("p1", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> patch("p1", nine)).isInstanceOf(IllegalArgumentException.class);
        assertThat(patch("p1", "a", "b").isRepeatedBy(patch("p1", "b", "a"))).isTrue();
        assertThat(patch("p1", "a", "b").isRepeatedBy(patch("p1", "a", "c"))).isFalse();
    }

    @Test
    void noGroupIsEverInTwoPatchesWhateverPeopleDo() {
        var random = new SplittableRandom(11);
        var state = Regrouped.NOTHING;
        for (int round = 0; round < 2_000; round++) {
            var group = new GroupId("g" + random.nextInt(12));
            var patch = patch("p" + round, group.value(), "g" + (12 + random.nextInt(12)));
            state =
                    switch (random.nextInt(4)) {
                        case 0 -> state.without(group);
                        case 1 -> state.with(made(group.value(), "xinhe", null));
                        case 2 -> state.isPatched(patch.groups()) ? state : state.with(patch);
                        default -> state.without(new CallId("p" + random.nextInt(round + 1)));
                    };
            var seen = new HashSet<GroupId>();
            for (var joined : state.patches().values()) {
                assertThat(joined.groups()).allMatch(seen::add);
            }
        }
    }

    private static MadeGroup made(String id, String node, @Nullable String incident) {
        var car = Set.of(new UnitId("car1"));
        var about = incident == null ? null : new IncidentId(incident);
        return new MadeGroup(
                new GroupId(id),
                new MadeGroup.Wish("集市处置", new UserId("xinhe"), car, null, about),
                new NodeId(node),
                NOON,
                car);
    }

    private static MadeGroup of(
            String name, Set<String> named, @Nullable GeoArea area, Set<String> members) {
        return new MadeGroup(
                new GroupId("g1"),
                new MadeGroup.Wish(name, new UserId("xinhe"), units(named), area, null),
                new NodeId("xinhe"),
                NOON,
                units(members));
    }

    private static Set<UnitId> units(Set<String> ids) {
        return ids.stream().map(UnitId::new).collect(Collectors.toSet());
    }

    private static GroupPatch patch(String id, String... groups) {
        return new GroupPatch(
                new CallId(id),
                Stream.of(groups).map(GroupId::new).collect(Collectors.toSet()),
                new UserId("city"),
                NOON);
    }
}
