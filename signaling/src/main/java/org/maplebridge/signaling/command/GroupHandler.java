package org.maplebridge.signaling.command;

import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.Broadcasts;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.Listening;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupPatch;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.scene.Peer;

/// Talk groups, as one session has to do with them.
public final class GroupHandler {
    private final Groups groups;
    private final Listening listening;
    private final Broadcasts broadcasts;
    private final ListeningHandler ears;
    private final MadeGroupHandler made;
    private final PatchHandler patches;

    public GroupHandler(
            Groups groups,
            Listening listening,
            Broadcasts broadcasts,
            ListeningHandler ears,
            MadeGroupHandler made,
            PatchHandler patches) {
        this.groups = groups;
        this.listening = listening;
        this.broadcasts = broadcasts;
        this.ears = ears;
        this.made = made;
        this.patches = patches;
    }

    Reply handle(Peer peer, GroupMessage message) throws RecordUnavailable {
        return switch (message) {
            case GroupAffiliate affiliate -> ears.affiliate(peer, affiliate);
            case GroupLeave leave -> ears.leave(peer, leave);
            case GroupMake make -> made.make(peer, make);
            case GroupClose close -> made.close(peer, close);
            case GroupPatch patch -> patches.patch(peer, patch);
            case GroupUnpatch unpatch -> patches.unpatch(peer, unpatch);
        };
    }

    void joined(Peer peer) {
        listening.joined(peer);
    }

    void left(Peer peer) {
        broadcasts.left(peer);
        listening.left(peer);
    }

    /// Whether this session takes part in the group's talk: it listens, or it speaks to all of it.
    boolean isIn(Peer peer, GroupId group) {
        return listening.isIn(peer, group) || groups.isSpokenToBy(peer.session(), group);
    }
}
