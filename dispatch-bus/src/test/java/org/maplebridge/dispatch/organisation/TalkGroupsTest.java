package org.maplebridge.dispatch.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;

/// Which groups follow from a county: on the demo county, and on small ones made to measure.
class TalkGroupsTest {
    private static final Organisation COUNTY = DemoCounty.organisation();

    @Test
    void aStationTalksWithItsUnitsAndItsTownsRoom() {
        assertThat(members(COUNTY, "group-xinhe-station1"))
                .containsExactlyInAnyOrder("xinhe-station1", "car1", "car2", "xinhe");
        assertThat(members(COUNTY, "group-xinhe-station2"))
                .containsExactlyInAnyOrder("xinhe-grid1", "xinhe-grid2", "xinhe");
        assertThat(group(COUNTY, "group-xinhe-station1").kind()).isEqualTo(TalkGroup.Kind.STATION);
    }

    @Test
    void aTownsPatrolsAreATeamWithItsRoom() {
        assertThat(members(COUNTY, "team-xinhe-patrol"))
                .containsExactlyInAnyOrder("car1", "car2", "xinhe-grid1", "xinhe-grid2", "xinhe");
        assertThat(COUNTY.group(new GroupId("team-taiping-patrol"))).isEmpty();
    }

    @Test
    void allMediatorsOfTheCountyAreATeamWithTheCity() {
        assertThat(members(COUNTY, "team-mediation"))
                .containsExactlyInAnyOrder("mediator", "xinhe-mediator", "daxi-mediator", "city");
    }

    @Test
    void aTownRoomAndEachPoliceRoomItIsPairedWithHaveAGroup() {
        assertThat(members(COUNTY, "pair-zeguo:zeguo-police"))
                .containsExactlyInAnyOrder("zeguo", "zeguo-police");
        assertThat(members(COUNTY, "pair-zeguo:muyu-police"))
                .containsExactlyInAnyOrder("zeguo", "muyu-police");
        assertThat(group(COUNTY, "pair-zeguo:muyu-police").name())
                .isEqualTo(new Name("泽国指挥室、牧屿警务区指挥室", "Zeguo room and Muyu police post"));
    }

    @Test
    void theCountyGroupHasEverybodyWithEarsButAgencies() {
        var everybody =
                COUNTY.units().stream()
                        .filter(unit -> unit.kind() != Unit.Kind.CAMERA)
                        .filter(unit -> unit.kind() != Unit.Kind.AGENCY)
                        .map(unit -> unit.id().value())
                        .toList();

        assertThat(members(COUNTY, "group-county")).containsExactlyInAnyOrderElementsOf(everybody);
        assertThat(group(COUNTY, "group-county").node()).isEqualTo(new NodeId("city"));
    }

    @Test
    void groupsComeTownsFirstAndTheCountyLast() {
        assertThat(COUNTY.groups())
                .extracting(TalkGroup::kind)
                .containsSubsequence(
                        TalkGroup.Kind.TOWN,
                        TalkGroup.Kind.PAIR,
                        TalkGroup.Kind.TEAM,
                        TalkGroup.Kind.STATION,
                        TalkGroup.Kind.COUNTY)
                .endsWith(TalkGroup.Kind.COUNTY);
        assertThat(COUNTY.groups()).extracting(TalkGroup::id).doesNotHaveDuplicates();
    }

    @Test
    void roomsThatDoNotShareTheirTalkHaveNoGroupTogether() {
        var county =
                county(
                        Set.of(Aspect.UNITS, Aspect.LIVE),
                        unit("east", Unit.Kind.ROOM, "east"),
                        unit("police", Unit.Kind.POLICE_ROOM, "police"));

        assertThat(county.groups())
                .extracting(TalkGroup::kind)
                .containsExactly(TalkGroup.Kind.TOWN, TalkGroup.Kind.COUNTY);
        assertThat(members(county, "group-east")).containsExactly("east");
    }

    @Test
    void aGroupInWhichNobodyCouldAnswerIsLeftOut() {
        var lonely =
                county(
                        Set.of(Aspect.TALK),
                        unit("car", Unit.Kind.CAR, "station"),
                        unit("camera", Unit.Kind.CAMERA, "station"));

        assertThat(lonely.groups())
                .extracting(group -> group.id().value())
                .containsExactly("group-east");
        assertThat(county(Set.of(Aspect.TALK)).groups()).hasSize(1);
    }

    @Test
    void theLongestNamesOfPlacesStillMakeAGroup() {
        var name = new Name("镇".repeat(Name.MAX_CHARS), "t".repeat(Name.MAX_CHARS));
        var county =
                Organisation.of(
                        new Organisation.Parts(
                                List.of(
                                        new OrgNode(
                                                new NodeId("city"),
                                                name,
                                                OrgNode.Kind.CENTRE,
                                                null)),
                                List.of(),
                                List.of(),
                                List.of(
                                        unit("city", Unit.Kind.CENTRE, "city"),
                                        unit("car", Unit.Kind.CAR, "city")),
                                List.of(),
                                List.of()));

        assertThat(group(county, "group-county").name().zh()).hasSize(Name.MAX_CHARS);
    }

    private static TalkGroup group(Organisation county, String id) {
        return county.group(new GroupId(id)).orElseThrow();
    }

    private static List<String> members(Organisation county, String group) {
        return group(county, group).members().stream().map(UnitId::value).toList();
    }

    private static Organisation county(Set<Aspect> shared, Unit... units) {
        var nodes = new ArrayList<OrgNode>();
        nodes.add(node("city", OrgNode.Kind.CENTRE, null));
        nodes.add(node("east", OrgNode.Kind.TOWN, "city"));
        nodes.add(node("police", OrgNode.Kind.POLICE_ROOM, "city"));
        nodes.add(node("station", OrgNode.Kind.STATION, "east"));
        var pair = new Pairing(new NodeId("east"), new NodeId("police"), shared);
        return Organisation.of(
                new Organisation.Parts(
                        nodes, List.of(pair), List.of(), List.of(units), List.of(), List.of()));
    }

    private static OrgNode node(String id, OrgNode.Kind kind, @Nullable String parent) {
        @Nullable NodeId above = parent == null ? null : new NodeId(parent);
        return new OrgNode(new NodeId(id), Name.of(id), kind, above);
    }

    private static Unit unit(String id, Unit.Kind kind, String node) {
        return new Unit(new UnitId(id), Name.of(id), kind, new NodeId(node));
    }
}
