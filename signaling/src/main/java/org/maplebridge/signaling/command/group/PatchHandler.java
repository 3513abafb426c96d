package org.maplebridge.signaling.command.group;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;

/// Joins groups to one and parts them again. Who may join each of them for themselves may join them
/// with each other, and may part them.
public final class PatchHandler {
    private final Groups groups;
    private final Regrouping regrouping;
    private final InstantSource clock;

    public PatchHandler(Groups groups, Regrouping regrouping, InstantSource clock) {
        this.groups = groups;
        this.regrouping = regrouping;
        this.clock = clock;
    }

    public Reply patch(Peer peer, GroupMessage.GroupPatch message) throws RecordUnavailable {
        if (!Ids.isValid(message.patch())) {
            return malformed("patch", "Not an id.");
        }
        var user = peer.person().user();
        Set<GroupId> joined = new LinkedHashSet<>();
        for (var id : message.groups()) {
            var group = groups.seenBy(user, id);
            if (group.isEmpty()) {
                return Reply.notVisible("group");
            }
            if (!groups.mayJoin(user, group.get())) {
                return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not a member of all groups.");
            }
            joined.add(group.get().id());
        }
        if (joined.size() < GroupPatch.MIN_GROUPS) {
            return malformed("groups", "The same group twice is nothing to join.");
        }
        var patch = new GroupPatch(new CallId(message.patch()), joined, user.id(), clock.instant());
        return switch (regrouping.join(patch, peer.person())) {
            case DONE -> Reply.DONE;
            case BUSY ->
                    Reply.refuse(RefusalCode.BUSY, "A group is joined with others or spoken to.");
            case CONFLICT ->
                    Reply.refuse(RefusalCode.ID_CONFLICT, "This id stands for something else.");
            case FULL, INCIDENT_OVER, UNKNOWN -> Reply.notVisible("group");
        };
    }

    public Reply unpatch(Peer peer, GroupUnpatch message) throws RecordUnavailable {
        var user = peer.person().user();
        var patch =
                Ids.isValid(message.patch())
                        ? regrouping.patch(new CallId(message.patch()))
                        : Optional.<GroupPatch>empty();
        if (patch.isEmpty() || !seesOne(user, patch.get())) {
            return Reply.notVisible("patch");
        }
        if (!mayJoinAll(user, patch.get())) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "Not a member of all groups.");
        }
        return regrouping.part(patch.get().id(), peer.person()) == Regrouping.Outcome.DONE
                ? Reply.DONE
                : Reply.notVisible("patch");
    }

    private boolean seesOne(User user, GroupPatch patch) {
        return patch.groups().stream().anyMatch(id -> groups.seenBy(user, id.value()).isPresent());
    }

    /// A group that is closed meanwhile asks for nothing.
    private boolean mayJoinAll(User user, GroupPatch patch) {
        return patch.groups().stream()
                .flatMap(id -> groups.find(id).stream())
                .allMatch(group -> groups.mayJoin(user, group));
    }

    private static Reply malformed(String field, String detail) {
        return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }
}
