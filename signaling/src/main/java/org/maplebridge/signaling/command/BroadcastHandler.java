package org.maplebridge.signaling.command;

import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.signaling.group.Broadcasts;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallBroadcast;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peer;

/// Speaking to all of a group at once. The floor answers by its own messages, under the group's id;
/// its release ends the broadcast.
public final class BroadcastHandler {
    private final Broadcasts broadcasts;
    private final Groups groups;
    private final Legs legs;

    public BroadcastHandler(Broadcasts broadcasts, Groups groups, Legs legs) {
        this.broadcasts = broadcasts;
        this.groups = groups;
        this.legs = legs;
    }

    Reply handle(Peer peer, CallBroadcast message, long receivedNanos) {
        if (!Ids.isValid(message.broadcast())) {
            return new Reply.Refused(
                    Refusal.field(RefusalCode.MALFORMED, "broadcast", "Not an id."));
        }
        var user = peer.person().user();
        var group = groups.seenBy(user, message.group());
        if (group.isEmpty()) {
            return Reply.notVisible("group");
        }
        if (!groups.mayJoin(user, group.get())) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not a member of this group.");
        }
        if (legs.of(peer.session()).isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
        }
        var id = new CallId(message.broadcast());
        return switch (broadcasts.begin(peer, id, group.get().id(), receivedNanos)) {
            case BEGUN, REPEATED -> Reply.DONE;
            case BUSY ->
                    Reply.refuse(RefusalCode.BUSY, "The group is joined with others or spoken to.");
            case UNHEARD -> Reply.refuse(RefusalCode.OFFLINE, "Nobody listens.");
            case CONFLICT ->
                    Reply.refuse(RefusalCode.ID_CONFLICT, "This id stands for something else.");
        };
    }
}
