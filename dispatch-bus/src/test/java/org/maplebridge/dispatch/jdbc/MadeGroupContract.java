package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.store.MadeGroupStore.Keeping;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises of groups that people made and joined.
interface MadeGroupContract {
    Instant MADE_AT = Instant.parse("2026-11-21T12:00:00.123456Z");
    GeoArea AREA =
            new GeoArea(
                    List.of(
                            new GeoPoint(28.123456789012345, 121.1),
                            new GeoPoint(-1e-7, 121),
                            new GeoPoint(29, 122.00000000000001)));

    RecordStores store();

    @Test
    default void aMadeGroupComesBackAsItWasMade() throws RecordUnavailable {
        var plain = made("g1", "集市处置", null, null, "car1", "car2");
        var whole = made("g2", "事件组", AREA, new IncidentId("i-1"), "car1");

        assertThat(make(plain)).isEqualTo(Keeping.KEPT);
        assertThat(make(whole)).isEqualTo(Keeping.KEPT);

        assertThat(store().madeGroups().find(plain.id())).contains(plain);
        assertThat(store().madeGroups().open()).containsExactly(plain, whole);
        assertThat(store().madeGroups().find(new GroupId("g3"))).isEmpty();
    }

    @Test
    default void makingTwiceIsARepeatAndAnotherGroupUnderTheSameIdAConflict()
            throws RecordUnavailable {
        var group = made("g1", "集市处置", null, null, "car1");
        make(group);

        assertThat(make(group)).isEqualTo(Keeping.REPEATED);
        assertThat(make(made("g1", "别的组", null, null, "car1"))).isEqualTo(Keeping.CONFLICT);
        assertThat(make(made("g1", "集市处置", null, null, "car2"))).isEqualTo(Keeping.CONFLICT);

        assertThat(store().madeGroups().open()).containsExactly(group);
        assertThat(journalOf(group.id().asCall())).hasSize(1);
    }

    @Test
    default void aClosedGroupStaysKnownAndIsNotOpenedAgain() throws RecordUnavailable {
        var group = made("g1", "集市处置", null, null, "car1");
        make(group);

        assertThat(close(group)).isTrue();
        assertThat(close(group)).isFalse();
        assertThat(close(made("g2", "没有", null, null, "car1"))).isFalse();

        assertThat(store().madeGroups().open()).isEmpty();
        assertThat(store().madeGroups().find(group.id())).contains(group);
        assertThat(make(group)).isEqualTo(Keeping.REPEATED);
        assertThat(store().madeGroups().open()).isEmpty();
        assertThat(journalOf(group.id().asCall())).hasSize(2);
    }

    @Test
    default void aGroupOfTheLargestSizeIsKept() throws RecordUnavailable {
        var units =
                IntStream.range(0, MadeGroup.MAX_MEMBERS)
                        .mapToObj(i -> "handheld-" + i)
                        .toArray(String[]::new);
        var group = made("g1", "名".repeat(MadeGroup.MAX_NAME_CHARS), null, null, units);
        make(group);

        assertThat(store().madeGroups().open()).containsExactly(group);
    }

    @Test
    default void aPatchIsKeptUntilItIsParted() throws RecordUnavailable {
        var patch = patch("p1", "group-xinhe", "group-zeguo", "g1");
        var other = patch("p2", "a", "b");

        assertThat(join(patch)).isEqualTo(Keeping.KEPT);
        assertThat(join(other)).isEqualTo(Keeping.KEPT);
        assertThat(join(patch)).isEqualTo(Keeping.REPEATED);
        assertThat(join(patch("p1", "group-xinhe", "b"))).isEqualTo(Keeping.CONFLICT);
        assertThat(store().madeGroups().patches()).containsExactly(patch, other);

        assertThat(part(patch)).isTrue();
        assertThat(part(patch)).isFalse();
        assertThat(store().madeGroups().patches()).containsExactly(other);
        assertThat(store().madeGroups().findPatch(patch.id())).contains(patch);
        assertThat(store().madeGroups().findPatch(new CallId("p3"))).isEmpty();
        assertThat(join(patch)).isEqualTo(Keeping.REPEATED);
        assertThat(store().madeGroups().patches()).containsExactly(other);
        assertThat(journalOf(patch.id())).hasSize(2);
    }

    private Keeping make(MadeGroup group) throws RecordUnavailable {
        return store().madeGroups().make(group, about(JournalKind.GROUP_MADE, group.id().asCall()));
    }

    private boolean close(MadeGroup group) throws RecordUnavailable {
        return store().madeGroups()
                .close(
                        group.id(),
                        MADE_AT.plusSeconds(60),
                        about(JournalKind.GROUP_CLOSED, group.id().asCall()));
    }

    private Keeping join(GroupPatch patch) throws RecordUnavailable {
        return store().madeGroups().join(patch, about(JournalKind.GROUPS_PATCHED, patch.id()));
    }

    private boolean part(GroupPatch patch) throws RecordUnavailable {
        return store().madeGroups()
                .part(
                        patch.id(),
                        MADE_AT.plusSeconds(60),
                        about(JournalKind.GROUPS_PARTED, patch.id()));
    }

    private List<?> journalOf(CallId call) throws RecordUnavailable {
        return store().journal().about(Subject.of(call), 0, 10);
    }

    private static Happening about(JournalKind kind, CallId call) {
        return Happening.by(new UserId("xinhe"), MADE_AT, kind, List.of(Subject.of(call)));
    }

    private static MadeGroup made(
            String id,
            String name,
            @Nullable GeoArea area,
            @Nullable IncidentId incident,
            String... units) {
        var named = Stream.of(units).map(UnitId::new).collect(Collectors.toSet());
        var members =
                area == null
                        ? named
                        : Set.of(new UnitId("car1"), new UnitId("car7"), new UnitId("car8"));
        return new MadeGroup(
                new GroupId(id),
                new MadeGroup.Wish(name, new UserId("xinhe"), named, area, incident),
                new NodeId("xinhe"),
                MADE_AT,
                members);
    }

    private static GroupPatch patch(String id, String... groups) {
        return new GroupPatch(
                new CallId(id),
                Stream.of(groups).map(GroupId::new).collect(Collectors.toSet()),
                new UserId("city"),
                MADE_AT);
    }
}
