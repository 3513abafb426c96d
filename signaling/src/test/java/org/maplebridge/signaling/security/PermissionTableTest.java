package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertRaise;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientReport;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStart;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;

class PermissionTableTest {
    @Test
    void askingNeedsLessThanPulling() {
        var viewer = person(Permission.WATCH);

        assertThat(PermissionTable.lacking(viewer, new LiveAsk("a", "u", false))).isEmpty();
        assertThat(PermissionTable.lacking(viewer, new LiveAsk("a", "u", true)))
                .contains(Permission.LIVE_PULL);
    }

    @Test
    void theOverrideKeyIsARightOfItsOwn() {
        var talker = person(Permission.TALK);

        assertThat(lacking(talker, new FloorRequest("c", 0, null, null, null))).isEmpty();
        assertThat(lacking(talker, new FloorRequest("c", 0, false, null, null))).isEmpty();
        assertThat(lacking(talker, new FloorRequest("c", 0, true, null, null)))
                .containsExactly(Permission.FLOOR_OVERRIDE);
    }

    @Test
    void forcingACallAndListeningInAreRightsOfTheirOwn() {
        var talker = person(Permission.TALK);

        assertThat(lacking(talker, new CallOpen("u", true, Answering.MANUAL, null))).isEmpty();
        assertThat(lacking(talker, new CallOpen("u", true, Answering.FORCED, null)))
                .containsExactly(Permission.CALL_FORCE);
        assertThat(lacking(talker, new AmbientStart("a", "u", false)))
                .containsExactly(Permission.AMBIENT);
        assertThat(lacking(person(Permission.AMBIENT), new AmbientStart("a", "u", true)))
                .containsExactly(Permission.WATCH);
        assertThat(lacking(talker, new AmbientReport("a", true, null))).isEmpty();
        assertThat(lacking(person(), new AlertRaise("a", Severity.RED, null, null)))
                .containsExactly(Permission.TALK);
    }

    @Test
    void whoHasNoRightsMayStillBeThere() {
        var nobody = person();

        assertThat(lacking(nobody, new Ping(1))).isEmpty();
        assertThat(
                        lacking(
                                nobody,
                                new OrderPlace("o", List.of("u"), null, "x", Severity.RED, null)))
                .containsExactly(Permission.DISPATCH);
    }

    private static List<Permission> lacking(Caller.Person person, ClientMessage message) {
        return PermissionTable.lacking(person, message).stream().toList();
    }

    private static Caller.Person person(Permission... rights) {
        var role = new Role("role", Name.of("role"), Set.of(rights), 0);
        var user =
                new User(
                        new UserId("ann"),
                        Name.of("Ann"),
                        "role",
                        new NodeId("town"),
                        null,
                        null,
                        "en");
        return new Caller.Person(user, role, "hash", Instant.MAX);
    }
}
