package org.maplebridge.signaling.command;

import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.group.ListeningHandler;
import org.maplebridge.signaling.command.group.MadeGroupHandler;
import org.maplebridge.signaling.command.group.PatchHandler;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Talk groups, as one session has to do with them.
public final class GroupHandler {
    private static final Logger LOG = LoggerFactory.getLogger(GroupHandler.class);

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

    /// Who calls for help is heard in a group that it did not listen to.
    ///
    /// @return false when it cannot listen, because its voice slots are taken
    public boolean letHear(Peer peer, GroupId id) {
        try {
            return listening.enter(peer, id) == Listening.Outcome.LISTENS;
        } catch (RecordUnavailable e) {
            LOG.warn("{} does not hear {}: no audit", peer.session(), id, e);
            return false;
        }
    }

    /// Whether this session takes part in the group's talk: it listens, or it speaks to all of it.
    boolean isIn(Peer peer, GroupId group) {
        return listening.isIn(peer, group) || groups.isSpokenToBy(peer.session(), group);
    }
}
