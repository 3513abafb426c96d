package org.maplebridge.signaling.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Conversations;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who listens to which talk group. Membership is the organisation's; listening is the session's.
///
/// Thread: any; a session's groups are changed by its own thread only.
public final class GroupHandler {
    private static final Logger LOG = LoggerFactory.getLogger(GroupHandler.class);

    private final Conversations conversations;
    private final Roster roster;
    private final Audit audit;
    private final int voiceSlots;
    private final Map<SessionId, Set<GroupId>> affiliated = new ConcurrentHashMap<>();

    public GroupHandler(Conversations conversations, Roster roster, Audit audit, int voiceSlots) {
        this.conversations = conversations;
        this.roster = roster;
        this.audit = audit;
        this.voiceSlots = voiceSlots;
    }

    Reply handle(Peer peer, GroupMessage message) throws RecordUnavailable {
        return switch (message) {
            case GroupAffiliate affiliate -> affiliate(peer, affiliate.group());
            case GroupLeave leave -> leave(peer, leave.group());
            case GroupMessage.GroupMake _,
                    GroupMessage.GroupClose _,
                    GroupMessage.GroupPatch _,
                    GroupMessage.GroupUnpatch _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "Not yet.");
        };
    }

    /// A fresh session hears its own groups without asking.
    void joined(Peer peer) {
        var own =
                roster.organisation().groups().stream()
                        .filter(group -> peer.unit().filter(group.members()::contains).isPresent())
                        .limit(voiceSlots)
                        .toList();
        for (var group : own) {
            try {
                enter(peer, group);
            } catch (RecordUnavailable e) {
                LOG.warn("{} does not hear {}: no audit", peer.session(), group.id(), e);
            }
        }
    }

    void left(Peer peer) {
        for (var group : Set.copyOf(of(peer))) {
            exit(peer, group);
        }
        affiliated.remove(peer.session());
    }

    /// Who calls for help is heard in a group that it did not listen to.
    ///
    /// @return false when it cannot listen, because its voice slots are taken
    public boolean letHear(Peer peer, GroupId id) {
        Optional<TalkGroup> group = roster.organisation().group(id);
        if (isIn(peer, id) || group.isEmpty()) {
            return group.isPresent();
        }
        try {
            return enter(peer, group.get());
        } catch (RecordUnavailable e) {
            LOG.warn("{} does not hear {}: no audit", peer.session(), id, e);
            return false;
        }
    }

    boolean isIn(Peer peer, GroupId group) {
        return of(peer).contains(group);
    }

    private Reply affiliate(Peer peer, String id) throws RecordUnavailable {
        if (!Ids.isValid(id)) {
            return Reply.notVisible("group");
        }
        var group = roster.organisation().group(new GroupId(id));
        var user = peer.person().user();
        if (group.isEmpty() || !roster.visibility().seesGroup(user, group.get().id())) {
            return Reply.notVisible("group");
        }
        if (!roster.visibility().mayJoin(user, group.get().id())) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not a member of this group.");
        }
        if (of(peer).contains(group.get().id())) {
            return Reply.DONE;
        }
        return enter(peer, group.get())
                ? Reply.DONE
                : Reply.refuse(RefusalCode.NO_SLOT, "All voice slots are taken.");
    }

    private boolean enter(Peer peer, TalkGroup group) throws RecordUnavailable {
        audit.begin(
                AuditEntry.Kind.HEARING_STARTED,
                peer.person().account(),
                group.id().value(),
                Map.of("session", peer.session().value()));
        var speaker = Speakers.of(peer, roster.organisation());
        if (!conversations.join(group.id().asCall(), peer, speaker)) {
            return false;
        }
        of(peer).add(group.id());
        return true;
    }

    private Reply leave(Peer peer, String id) {
        if (Ids.isValid(id) && of(peer).contains(new GroupId(id))) {
            exit(peer, new GroupId(id));
        }
        return Reply.DONE;
    }

    private void exit(Peer peer, GroupId group) {
        of(peer).remove(group);
        conversations.leave(group.asCall(), peer.session());
        audit.end(
                AuditEntry.Kind.HEARING_ENDED,
                peer.person().account(),
                group.value(),
                Map.of("session", peer.session().value()));
    }

    private Set<GroupId> of(Peer peer) {
        return affiliated.computeIfAbsent(peer.session(), _ -> ConcurrentHashMap.newKeySet());
    }
}
