package org.maplebridge.signaling.group;

import java.util.Collection;
import java.util.List;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupClosed;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;

/// Tells sessions what changed about the groups they see. What is told is read when it is told, so
/// that nobody hears an older state after a newer one.
///
/// Thread: any may ask, also while it holds a lock; one mailbox tells.
public final class GroupNews {
    private final Groups groups;
    private final GroupView view;
    private final Peers peers;
    private final Roster roster;
    private final Mailbox mailbox = new Mailbox("group-news");

    public GroupNews(Groups groups, GroupView view, Peers peers, Roster roster) {
        this.groups = groups;
        this.view = view;
        this.peers = peers;
        this.roster = roster;
    }

    void changed(Collection<GroupId> ids) {
        var which = List.copyOf(ids);
        mailbox.post(() -> which.forEach(id -> groups.find(id).ifPresent(this::tellAll)));
    }

    /// Somebody else said what this session listens to.
    public void changed(Peer peer, GroupId id) {
        mailbox.post(() -> groups.find(id).ifPresent(group -> tell(peer, group)));
    }

    /// @param group as it was while it was open
    void closed(TalkGroup group) {
        mailbox.post(() -> {
            for (var peer : peers.all()) {
                if (sees(peer, group)) {
                    peer.send(new GroupClosed(group.id().value()));
                }
            }
        });
    }

    private void tellAll(TalkGroup group) {
        for (var peer : peers.all()) {
            tell(peer, group);
        }
    }

    private void tell(Peer peer, TalkGroup group) {
        if (sees(peer, group)) {
            peer.send(new GroupChanged(view.of(peer, group)));
        }
    }

    private boolean sees(Peer peer, TalkGroup group) {
        return roster.visibility().seesGroup(peer.person().user(), group);
    }
}
