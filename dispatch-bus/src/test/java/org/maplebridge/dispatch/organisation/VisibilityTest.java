package org.maplebridge.dispatch.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;

/// Who sees what, on the demo county.
class VisibilityTest {
    private static final Organisation COUNTY = DemoCounty.organisation();
    private static final Visibility VISIBILITY = new Visibility(COUNTY);

    @Test
    void aTownSeesItsOwnTreeAndNoOtherTown() {
        for (Aspect aspect : Aspect.values()) {
            assertThat(sees("xinhe", "car1", aspect)).isTrue();
            assertThat(sees("xinhe", "xinhe-grid2", aspect)).isTrue();
            assertThat(sees("xinhe", "zeguo-car1", aspect)).isFalse();
            assertThat(sees("xinhe", "zeguo", aspect)).isFalse();
            assertThat(sees("xinhe", "zeguo-police", aspect)).isFalse();
            assertThat(sees("zeguo", "car1", aspect)).isFalse();
        }
    }

    @Test
    void theCitySeesEverything() {
        for (Unit unit : COUNTY.units()) {
            for (Aspect aspect : Aspect.values()) {
                assertThat(sees("city", unit.id().value(), aspect)).isTrue();
            }
        }
    }

    @Test
    void aPairedPoliceRoomSeesWhatThePairSharesAndNothingElse() {
        assertThat(sees("xinhe-police", "car1", Aspect.UNITS)).isTrue();
        assertThat(sees("xinhe-police", "car1", Aspect.LIVE)).isTrue();
        assertThat(sees("xinhe-police", "car1", Aspect.INCIDENTS)).isTrue();
        assertThat(sees("xinhe-police", "car1", Aspect.ORDERS)).isFalse();
        assertThat(sees("xinhe-police", "zeguo-car1", Aspect.UNITS)).isFalse();
        assertThat(sees("xinhe", "xinhe-police", Aspect.UNITS)).isTrue();
        assertThat(sees("xinhe", "xinhe-police", Aspect.ORDERS)).isFalse();
    }

    @Test
    void aCarSeesItsStationAndTheRoomsAboveButNotWhatTheyDo() {
        assertThat(sees("car1", "car2", Aspect.UNITS)).isTrue();
        assertThat(sees("car1", "xinhe", Aspect.UNITS)).isTrue();
        assertThat(sees("car1", "city", Aspect.UNITS)).isTrue();
        assertThat(sees("car1", "xinhe", Aspect.LIVE)).isFalse();
        assertThat(sees("car1", "xinhe", Aspect.ORDERS)).isFalse();
        assertThat(sees("car1", "xinhe-grid1", Aspect.UNITS)).isFalse();
        assertThat(sees("car1", "xinhe-police", Aspect.UNITS)).isFalse();
        assertThat(sees("car1", "zeguo", Aspect.UNITS)).isFalse();
        assertThat(sees("car1", "car1", Aspect.ORDERS)).isTrue();
    }

    @Test
    void aUnitThatDoesNotExistIsSeenByNobody() {
        assertThat(sees("city", "car99", Aspect.UNITS)).isFalse();
        assertThat(VISIBILITY.mayOrder(user("city"), new UnitId("car99"))).isFalse();
        assertThat(VISIBILITY.seesGroup(user("city"), new GroupId("nothing"))).isFalse();
        assertThat(VISIBILITY.mayJoin(user("city"), new GroupId("nothing"))).isFalse();
    }

    @Test
    void ordersGoDownTheTreeAndAcrossThePairToTheRoomOnly() {
        assertThat(mayOrder("xinhe", "car1")).isTrue();
        assertThat(mayOrder("xinhe", "xinhe-police")).isTrue();
        assertThat(mayOrder("xinhe-police", "xinhe")).isTrue();
        assertThat(mayOrder("xinhe-police", "car1")).isFalse();
        assertThat(mayOrder("city", "zeguo-car1")).isTrue();
        assertThat(mayOrder("xinhe", "city")).isFalse();
        assertThat(mayOrder("xinhe", "zeguo-car1")).isFalse();
        assertThat(mayOrder("car1", "car2")).isFalse();
        assertThat(mayOrder("admin", "car1")).isFalse();
    }

    @Test
    void anOrderIsSeenWhereItWasPlacedWhereItGoesAndByWhoGotIt() {
        Set<UnitId> car1 = Set.of(new UnitId("car1"));
        assertThat(seesOrder("xinhe", "xinhe", car1)).isTrue();
        assertThat(seesOrder("city", "xinhe", car1)).isTrue();
        assertThat(seesOrder("car1", "xinhe", car1)).isTrue();
        assertThat(seesOrder("xinhe", "city", car1)).isTrue();
        assertThat(seesOrder("zeguo", "xinhe", car1)).isFalse();
        assertThat(seesOrder("xinhe-police", "xinhe", car1)).isFalse();
        assertThat(seesOrder("xinhe-police", "xinhe", Set.of(new UnitId("xinhe-police")))).isTrue();
        assertThat(seesOrder("xinhe-grid1", "xinhe", car1)).isFalse();
    }

    @Test
    void aTownsGroupHasItsUnitsItsRoomAndThePairedRooms() {
        TalkGroup group = COUNTY.group(new GroupId("group-xinhe")).orElseThrow();

        assertThat(group.members())
                .extracting(UnitId::value)
                .containsExactlyInAnyOrder(
                        "xinhe",
                        "xinhe-police",
                        "xinhe-station1",
                        "car1",
                        "car2",
                        "xinhe-grid1",
                        "xinhe-grid2",
                        "xinhe-mediator");
        assertThat(COUNTY.group(new GroupId("group-zeguo")).orElseThrow().members())
                .extracting(UnitId::value)
                .contains("zeguo-police", "muyu-police")
                .doesNotContain("car1");
    }

    @Test
    void membersJoinTheirGroupTheCityAnyAndNobodyElse() {
        var xinhe = new GroupId("group-xinhe");
        for (String member : List.of("xinhe", "car1", "xinhe-police", "city")) {
            assertThat(VISIBILITY.mayJoin(user(member), xinhe)).as(member).isTrue();
            assertThat(VISIBILITY.seesGroup(user(member), xinhe)).as(member).isTrue();
        }
        for (String stranger : List.of("zeguo", "zeguo-car1", "zeguo-police", "mediator")) {
            assertThat(VISIBILITY.mayJoin(user(stranger), xinhe)).as(stranger).isFalse();
            assertThat(VISIBILITY.seesGroup(user(stranger), xinhe)).as(stranger).isFalse();
        }
    }

    @Test
    void aMadeGroupIsSeenByItsMembersAndWhereverItsMakersTalkIsSeen() {
        var group =
                new TalkGroup(
                        new GroupId("g-1"),
                        Name.of("集市处置"),
                        TalkGroup.Kind.AD_HOC,
                        new NodeId("xinhe"),
                        Set.of(new UnitId("zeguo-car1"), new UnitId("xinhe-police")));

        for (String viewer : List.of("xinhe", "xinhe-analysis", "city", "zeguo-car1")) {
            assertThat(VISIBILITY.seesGroup(user(viewer), group)).as(viewer).isTrue();
            assertThat(VISIBILITY.mayJoin(user(viewer), group)).as(viewer).isTrue();
        }
        for (String stranger : List.of("car1", "zeguo", "zeguo-car2", "mediator")) {
            assertThat(VISIBILITY.seesGroup(user(stranger), group)).as(stranger).isFalse();
            assertThat(VISIBILITY.mayJoin(user(stranger), group)).as(stranger).isFalse();
        }
    }

    @Test
    void whoseTalkIsSeenAndTheRoomsAboveMayBeRegrouped() {
        assertThat(mayRegroup("xinhe", "car1")).isTrue();
        assertThat(mayRegroup("xinhe", "xinhe")).isTrue();
        assertThat(mayRegroup("xinhe", "xinhe-police")).isTrue();
        assertThat(mayRegroup("xinhe", "city")).isTrue();
        assertThat(mayRegroup("xinhe-police", "car1")).isTrue();
        assertThat(mayRegroup("city", "zeguo-car1")).isTrue();
        assertThat(mayRegroup("xinhe", "zeguo")).isFalse();
        assertThat(mayRegroup("xinhe", "zeguo-car1")).isFalse();
        assertThat(mayRegroup("xinhe-police", "zeguo-police")).isFalse();
    }

    @Test
    void aPoliceRoomOfTwoTownsDoesNotMakeThemSeeEachOther() {
        Organisation small =
                Organisation.of(
                        new Organisation.Parts(
                                List.of(
                                        node("city", OrgNode.Kind.CENTRE, null),
                                        node("east", OrgNode.Kind.TOWN, "city"),
                                        node("west", OrgNode.Kind.TOWN, "city"),
                                        node("police", OrgNode.Kind.POLICE_ROOM, "city")),
                                List.of(
                                        pair("east", Set.of(Aspect.UNITS)),
                                        pair("west", Set.of(Aspect.UNITS, Aspect.TALK)),
                                        pair("west", Set.of(Aspect.LIVE))),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()));
        var visibility = new Visibility(small);

        assertThat(sees(visibility, "police", "east", Aspect.UNITS)).isTrue();
        assertThat(sees(visibility, "police", "west", Aspect.LIVE)).isTrue();
        assertThat(sees(visibility, "police", "east", Aspect.LIVE)).isFalse();
        assertThat(sees(visibility, "east", "west", Aspect.UNITS)).isFalse();
        assertThat(sees(visibility, "west", "east", Aspect.UNITS)).isFalse();
    }

    private static boolean sees(Visibility visibility, String viewer, String at, Aspect aspect) {
        return visibility.sees(new NodeId(viewer), new NodeId(at), aspect);
    }

    private static OrgNode node(String id, OrgNode.Kind kind, @Nullable String parent) {
        @Nullable NodeId above = parent == null ? null : new NodeId(parent);
        return new OrgNode(new NodeId(id), Name.of(id), kind, above);
    }

    private static Pairing pair(String town, Set<Aspect> shared) {
        return new Pairing(new NodeId(town), new NodeId("police"), shared);
    }

    private static boolean sees(String user, String unit, Aspect aspect) {
        return VISIBILITY.seesUnit(user(user), new UnitId(unit), aspect);
    }

    private static boolean mayRegroup(String user, String unit) {
        return VISIBILITY.mayRegroup(user(user), COUNTY.unit(new UnitId(unit)).orElseThrow());
    }

    private static boolean mayOrder(String user, String unit) {
        return VISIBILITY.mayOrder(user(user), new UnitId(unit));
    }

    private static boolean seesOrder(String user, String placedAt, Set<UnitId> units) {
        return VISIBILITY.seesOrder(user(user), new NodeId(placedAt), units);
    }

    private static User user(String id) {
        return COUNTY.user(new UserId(id)).orElseThrow();
    }
}
