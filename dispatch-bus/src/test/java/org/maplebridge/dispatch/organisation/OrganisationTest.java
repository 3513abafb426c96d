package org.maplebridge.dispatch.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

class OrganisationTest {
    private static final Name NAME = Name.of("某处");

    @Test
    void aTreeWithACircleIsRefused() {
        assertThatThrownBy(() ->
                        of(
                                node("city", OrgNode.Kind.CENTRE, null),
                                node("a", OrgNode.Kind.TOWN, "b"),
                                node("b", OrgNode.Kind.TOWN, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void aNodeWithoutParentOrWithAnUnknownOneIsRefused() {
        assertThatThrownBy(() -> of(node("a", OrgNode.Kind.TOWN, null)))
                .hasMessageContaining("hangs in the air");
        assertThatThrownBy(() -> of(node("a", OrgNode.Kind.TOWN, "nowhere")))
                .hasMessageContaining("unknown");
    }

    @Test
    void anIdThatStandsTwiceIsRefused() {
        OrgNode city = node("city", OrgNode.Kind.CENTRE, null);

        assertThatThrownBy(() -> of(city, city)).hasMessageContaining("twice");
    }

    @Test
    void aUnitThatIsAddedIsAMemberOfItsTownsGroupAtOnce() {
        var car3 = new Unit(new UnitId("car3"), NAME, Unit.Kind.CAR, new NodeId("xinhe-station1"));
        Organisation before = DemoCounty.organisation();

        Organisation after = before.with(car3);

        assertThat(before.unit(car3.id())).isEmpty();
        assertThat(after.group(new GroupId("group-xinhe")).orElseThrow().members())
                .contains(car3.id());
        assertThat(after.unitsAt(car3.node())).contains(car3);
        assertThatThrownBy(() -> after.with(car3)).hasMessageContaining("twice");
    }

    @Test
    void aUserOfAnUnknownRoleUnitOrSeatIsRefused() {
        Organisation county = DemoCounty.organisation();
        var node = new NodeId("xinhe");

        assertThatThrownBy(() ->
                        county.with(
                                new User(
                                        new UserId("new"),
                                        NAME,
                                        "king",
                                        node,
                                        null,
                                        null,
                                        "zh-CN")))
                .hasMessageContaining("king");
        assertThatThrownBy(() ->
                        county.with(
                                new User(
                                        new UserId("new"),
                                        NAME,
                                        "patrol",
                                        node,
                                        new UnitId("car99"),
                                        null,
                                        "zh-CN")))
                .hasMessageContaining("car99");
    }

    @Test
    void rightsComeFromTheRole() {
        Organisation county = DemoCounty.organisation();
        User car = county.user(new UserId("car1")).orElseThrow();
        User room = county.user(new UserId("xinhe")).orElseThrow();

        assertThat(county.allows(car, Permission.LIVE_SEND)).isTrue();
        assertThat(county.allows(car, Permission.WATCH)).isFalse();
        assertThat(county.allows(room, Permission.LIVE_PULL)).isTrue();
        assertThat(county.allows(room, Permission.ADMIN)).isFalse();
        for (Permission permission : Permission.values()) {
            assertThat(Permission.ofCode(permission.code())).contains(permission);
        }
    }

    private static Organisation of(OrgNode... nodes) {
        return Organisation.of(
                new Organisation.Parts(
                        List.of(nodes), List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private static OrgNode node(String id, OrgNode.Kind kind, @Nullable String parent) {
        @Nullable NodeId above = parent == null ? null : new NodeId(parent);
        return new OrgNode(new NodeId(id), NAME, kind, above);
    }
}
