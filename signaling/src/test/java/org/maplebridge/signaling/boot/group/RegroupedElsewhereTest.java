package org.maplebridge.signaling.boot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.group.ListeningSceneTest.changed;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Actor;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupClosed;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// Groups that change behind a node's back: on another node, or by a sudden end half way.
class RegroupedElsewhereTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId CITY = new UserId("city");

    @TempDir Path data;

    @Test
    void whatAnotherNodeDidIsDoneHereToo() throws RecordUnavailable {
        var node = TestNode.shared();
        var groups = record(node).madeGroups();
        var group = made("g-" + UUID.randomUUID(), null);
        var patch = patch("p-" + UUID.randomUUID(), group.id().value(), "group-xinhe");
        try (var car = node.terminal("car1").withMedia()) {
            car.snapshot();
            groups.make(group, happening(JournalKind.GROUP_MADE));
            groups.join(patch, happening(JournalKind.GROUPS_PATCHED));
            say(node, "joined", patch.id().value());

            var seen = changed(car, group.id().value());
            assertThat(seen.affiliated()).isTrue();
            assertThat(seen.patch()).isNotNull();
            assertThat(changed(car, "group-xinhe").patch()).isNotNull();

            car.forget();
            groups.part(patch.id(), NOON, happening(JournalKind.GROUPS_PARTED));
            groups.close(group.id(), NOON, happening(JournalKind.GROUP_CLOSED));
            say(node, "closed", group.id().value());

            car.await(GroupClosed.class, closed -> closed.group().equals(group.id().value()));
            assertThat(changed(car, "group-xinhe").patch()).isNull();
        }
    }

    @Test
    void whatASuddenEndLeftHalfDoneIsFinishedAtTheNextStart() throws RecordUnavailable {
        try (var node = TestNode.on(data)) {
            var incident = openIncident(node);
            var groups = record(node).madeGroups();
            groups.make(made("g-1", incident.id()), happening(JournalKind.GROUP_MADE));
            groups.make(made("g-2", null), happening(JournalKind.GROUP_MADE));
            groups.join(patch("p-1", "g-1", "group-xinhe"), happening(JournalKind.GROUPS_PATCHED));
            groups.join(patch("p-2", "g-2", "gone"), happening(JournalKind.GROUPS_PATCHED));
            close(node, incident.id());
        }
        try (var node = TestNode.on(data);
                var car = node.terminal("car1")) {
            assertThat(car.snapshot().groups()).extracting(Group::id).contains("g-2");
            assertThat(car.snapshot().groups()).extracting(Group::id).doesNotContain("g-1");
            assertThat(car.snapshot().groups()).allMatch(group -> group.patch() == null);
            assertThat(record(node).madeGroups().patches()).isEmpty();
            assertThat(record(node).madeGroups().open())
                    .extracting(group -> group.id().value())
                    .containsExactly("g-2");
        }
    }

    private static Incident openIncident(TestNode node) throws RecordUnavailable {
        var query = IncidentQuery.of(List.of(new NodeId("xinhe")), 100);
        return record(node).incidents().list(query).stream()
                .map(Dossier.Line::incident)
                .filter(incident -> !incident.isClosed())
                .findFirst()
                .orElseThrow();
    }

    private static void close(TestNode node, IncidentId id) throws RecordUnavailable {
        var dossier = record(node).incidents().dossier(id).orElseThrow();
        var city = new Actor(CITY, null, new NodeId("city"), true, true, _ -> true, true);
        var merge = new Action.Merge(new IncidentId("another"));
        var workflow = node.bean("loopWorkflow", LoopWorkflow.class);
        var next = ((Decision.Done) workflow.decide(dossier, merge, city, NOON)).next();
        var wish = new IncidentStore.Wish("closing", "MERGE", CITY, null, NOON);
        record(node).incidents().save(dossier, next, wish, happening(JournalKind.INCIDENT_CLOSED));
    }

    private static RecordStores record(TestNode node) {
        return node.bean("recordStores", RecordStores.class);
    }

    private static void say(TestNode node, String kind, String id) {
        node.bean(DispatchBus.class.getName(), DispatchBus.class)
                .publish(
                        Topic.GROUPS, new Envelope(new MemberId("other-node"), kind, id, Map.of()));
    }

    private static MadeGroup made(String id, @Nullable IncidentId incident) {
        var car = Set.of(new UnitId("car1"));
        return new MadeGroup(
                new GroupId(id),
                new MadeGroup.Wish("集市处置", CITY, car, null, incident),
                new NodeId("city"),
                NOON,
                car);
    }

    private static GroupPatch patch(String id, String one, String other) {
        return new GroupPatch(
                new CallId(id), Set.of(new GroupId(one), new GroupId(other)), CITY, NOON);
    }

    private static Happening happening(JournalKind kind) {
        return Happening.by(CITY, NOON, kind, List.of());
    }
}
