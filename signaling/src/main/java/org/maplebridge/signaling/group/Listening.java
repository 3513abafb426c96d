package org.maplebridge.signaling.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which session listens to which talk group. Who may is the group's business; who does is the
/// session's. Nobody listens without standing in the audit.
///
/// Thread: any. A session's groups change under its own lock, which is taken before those of
/// [Conversations] and never by who holds one of them.
public final class Listening {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    public enum Outcome {
        LISTENS,
        /// All voice slots are taken.
        NO_SLOT,
        /// The group was closed or the session left in this moment.
        GONE
    }

    private static final class Ears {
        final Peer peer;
        final ReentrantLock lock = new ReentrantLock();

        /// In the order in which they came.
        final Set<GroupId> groups = new CopyOnWriteArraySet<>();

        Ears(Peer peer) {
            this.peer = peer;
        }
    }

    private final Groups groups;
    private final Conversations conversations;
    private final Roster roster;
    private final Estates estates;
    private final Audit audit;
    private final int voiceSlots;
    private final Map<SessionId, Ears> bySession = new ConcurrentHashMap<>();

    public Listening(
            Groups groups,
            Conversations conversations,
            Roster roster,
            Estates estates,
            Audit audit,
            int voiceSlots) {
        this.groups = groups;
        this.conversations = conversations;
        this.roster = roster;
        this.estates = estates;
        this.audit = audit;
        this.voiceSlots = voiceSlots;
    }

    /// A fresh session hears its own groups without asking, as many as there are voice slots; one
    /// that takes another's place hears what that one heard, as far as it still may.
    public void joined(Peer peer) {
        var ears = new Ears(peer);
        bySession.put(peer.session(), ears);
        ears.lock.lock();
        try {
            var own =
                    estates.former(peer.session())
                            .map(estate -> inherited(peer, estate))
                            .orElseGet(() -> own(peer));
            audit.begin(own.stream().map(group -> entry(true, peer, group.id())).toList());
            own.forEach(group -> hear(ears, group));
            keep(ears);
        } catch (RecordUnavailable e) {
            LOG.warn("{} hears no group: no audit", peer.session(), e);
        } finally {
            ears.lock.unlock();
        }
    }

    private List<TalkGroup> own(Peer peer) {
        return peer.unit()
                .map(unit -> groups.of(unit).stream().limit(voiceSlots).toList())
                .orElse(List.of());
    }

    /// With what was made for its unit meanwhile.
    private List<TalkGroup> inherited(Peer peer, Estate estate) {
        var made =
                peer.unit().map(groups::of).orElse(List.of()).stream()
                        .filter(group -> group.kind().isMade())
                        .filter(group -> !estate.groups().contains(group.id()));
        var heard = estate.groups().stream().map(groups::find).flatMap(Optional::stream);
        return Stream.concat(heard, made)
                .filter(group -> groups.mayJoin(peer.person().user(), group))
                .toList();
    }

    /// For a successor on another node.
    private void keep(Ears ears) {
        estates.listens(ears.peer.session(), List.copyOf(ears.groups));
    }

    public void left(Peer peer) {
        @Nullable Ears ears = bySession.remove(peer.session());
        if (ears == null) {
            return;
        }
        var ended = new ArrayList<AuditEntry>();
        ears.lock.lock();
        try {
            for (var group : ears.groups) {
                conversations.leave(group.asCall(), peer.session());
                ended.add(entry(false, peer, group));
            }
            ears.groups.clear();
        } finally {
            ears.lock.unlock();
        }
        audit.end(ended);
    }

    public boolean isIn(Peer peer, GroupId group) {
        @Nullable Ears ears = bySession.get(peer.session());
        return ears != null && ears.groups.contains(group);
    }

    /// Listens to one more group; asked again it is so already.
    public Outcome enter(Peer peer, GroupId id) throws RecordUnavailable {
        @Nullable Ears ears = bySession.get(peer.session());
        if (ears == null) {
            return Outcome.GONE;
        }
        ears.lock.lock();
        try {
            if (ears.groups.contains(id)) {
                return Outcome.LISTENS;
            }
            @Nullable TalkGroup group = groups.find(id).orElse(null);
            if (group == null || !isThere(ears)) {
                return Outcome.GONE;
            }
            audit.begin(List.of(entry(true, peer, id)));
            if (!hear(ears, group)) {
                audit.end(List.of(entry(false, peer, id)));
                return Outcome.NO_SLOT;
            }
            keep(ears);
            return Outcome.LISTENS;
        } finally {
            ears.lock.unlock();
        }
    }

    /// @return whether it listened
    public boolean exit(Peer peer, GroupId id) {
        @Nullable Ears ears = bySession.get(peer.session());
        if (ears == null || !leave(ears, id)) {
            return false;
        }
        audit.end(List.of(entry(false, peer, id)));
        return true;
    }

    /// Everybody who is a member listens from now on.
    void open(TalkGroup group) {
        var members =
                bySession.values().stream()
                        .filter(ears ->
                                ears.peer.unit().filter(group.members()::contains).isPresent())
                        .toList();
        try {
            audit.begin(members.stream().map(ears -> entry(true, ears.peer, group.id())).toList());
        } catch (RecordUnavailable e) {
            LOG.warn("nobody is made to hear {}: no audit", group.id(), e);
            return;
        }
        var deaf = new ArrayList<AuditEntry>();
        for (var ears : members) {
            if (!enterOpened(ears, group)) {
                deaf.add(entry(false, ears.peer, group.id()));
            }
        }
        audit.end(deaf);
    }

    /// Nobody listens any more: the group is closed, and whoever looks for it finds it no more.
    void close(GroupId group) {
        var ended = new ArrayList<AuditEntry>();
        for (var ears : bySession.values()) {
            if (leave(ears, group)) {
                ended.add(entry(false, ears.peer, group));
            }
        }
        audit.end(ended);
    }

    private boolean enterOpened(Ears ears, TalkGroup group) {
        ears.lock.lock();
        try {
            if (!ears.groups.contains(group.id()) && !(isThere(ears) && hear(ears, group))) {
                return false;
            }
            keep(ears);
            return true;
        } finally {
            ears.lock.unlock();
        }
    }

    private boolean isThere(Ears ears) {
        return bySession.get(ears.peer.session()) == ears;
    }

    /// What was made for an operation is heard although all slots are taken; what follows from the
    /// organisation waits for a free one.
    private boolean hear(Ears ears, TalkGroup group) {
        var call = group.id().asCall();
        var speaker = Speakers.of(ears.peer, roster.organisation());
        boolean made = group.kind().isMade();
        if (ears.groups.size() >= (made ? 2 * voiceSlots : voiceSlots)) {
            return false;
        }
        boolean heard =
                made
                        ? conversations.joinAhead(call, ears.peer, speaker)
                        : conversations.join(call, ears.peer, speaker);
        return heard && ears.groups.add(group.id());
    }

    private boolean leave(Ears ears, GroupId group) {
        ears.lock.lock();
        try {
            boolean listened = ears.groups.remove(group);
            if (listened) {
                conversations.leave(group.asCall(), ears.peer.session());
                keep(ears);
            }
            return listened;
        } finally {
            ears.lock.unlock();
        }
    }

    private AuditEntry entry(boolean starts, Peer peer, GroupId group) {
        return audit.now(
                starts ? AuditEntry.Kind.HEARING_STARTED : AuditEntry.Kind.HEARING_ENDED,
                peer.person().account(),
                group.value(),
                Map.of("session", peer.session().value()));
    }
}
