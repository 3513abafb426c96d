package org.maplebridge.signaling.group;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Roster;

/// A talk group as one session is shown it, in its own language.
public final class GroupView {
    /// A terminal draws no list of a whole county: 1,500 names to 1,500 terminals would be 30 MB
    /// each time the county group changes.
    static final int MOST_MEMBERS_OF_A_TERMINAL = 100;

    private final Groups groups;
    private final Listening listening;
    private final Conversations conversations;
    private final Roster roster;

    public GroupView(
            Groups groups, Listening listening, Conversations conversations, Roster roster) {
        this.groups = groups;
        this.listening = listening;
        this.conversations = conversations;
        this.roster = roster;
    }

    public SessionNews.Group of(Peer peer, TalkGroup group) {
        var call = group.id().asCall();
        boolean listens = listening.isIn(peer, group.id());
        return new SessionNews.Group(
                group.id().value(),
                group.name().in(peer.locale()),
                Words.of(group.kind()),
                group.node().value(),
                members(peer, group),
                listens,
                Words.severity(conversations.tierOf(call)),
                groups.incidentOf(group.id()).map(IncidentId::value).orElse(null),
                patch(peer, group.id()),
                broadcast(peer, group.id()),
                // Nobody tells the others when that talk ends.
                listens ? conversations.floorOf(call).orElse(null) : null);
    }

    private static List<String> members(Peer peer, TalkGroup group) {
        return peer.isTerminal() && group.members().size() > MOST_MEMBERS_OF_A_TERMINAL
                ? List.of()
                : group.members().stream().map(Object::toString).sorted().toList();
    }

    private SessionNews.@Nullable Patch patch(Peer peer, GroupId id) {
        return groups.regrouped().patchOf(id).map(patch -> shown(peer, patch)).orElse(null);
    }

    private SessionNews.Patch shown(Peer peer, GroupPatch patch) {
        return new SessionNews.Patch(
                patch.id().value(),
                patch.groups().stream().map(GroupId::value).sorted().toList(),
                roster.organisation()
                        .user(patch.by())
                        .map(User::name)
                        .map(name -> name.in(peer.locale()))
                        .orElseGet(() -> patch.by().value()));
    }

    private SessionNews.@Nullable Broadcast broadcast(Peer peer, GroupId id) {
        return groups.spokenTo(id)
                .map(spoken ->
                        new SessionNews.Broadcast(
                                spoken.id().value(),
                                spoken.by().person().user().name().in(peer.locale())))
                .orElse(null);
    }
}
