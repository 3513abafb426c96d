package org.maplebridge.signaling.group;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.Regrouped;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.MadeGroupStore;
import org.maplebridge.dispatch.store.MadeGroupStore.Keeping;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The road of every change that people make about groups: decide, keep in the record, do, tell.
/// Who may is asked before.
///
/// What another node changed is read from the record when the bus says so.
///
/// Thread: any, guarded by this, also while the record is asked: changes of groups are rare and
/// must not cross. Taken before the locks of [Listening] and [Conversations].
public final class Regrouping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Regrouping.class);

    public enum Outcome {
        DONE,
        /// The id stands for something else.
        CONFLICT,
        /// Too many groups are open there.
        FULL,
        /// A group is joined with others or spoken to already.
        BUSY,
        /// The incident is closed.
        INCIDENT_OVER,
        /// There is no such group or patch.
        UNKNOWN
    }

    private final Groups groups;
    private final Listening listening;
    private final Broadcasts broadcasts;
    private final Conversations conversations;
    private final GroupNews news;
    private final RecordStores record;
    private final MadeGroupStore store;
    private final Audit audit;
    private final DispatchBus bus;
    private final GroupHappenings happenings;
    private final InstantSource clock;
    private final Mailbox mailbox = new Mailbox("regrouping");
    private final List<Subscription> subscriptions;

    public Regrouping(
            Groups groups,
            Listening listening,
            Broadcasts broadcasts,
            Conversations conversations,
            GroupNews news,
            RecordStores record,
            Audit audit,
            DispatchBus bus,
            InstantSource clock) {
        this.groups = groups;
        this.listening = listening;
        this.broadcasts = broadcasts;
        this.conversations = conversations;
        this.news = news;
        this.record = record;
        this.store = record.madeGroups();
        this.audit = audit;
        this.bus = bus;
        this.clock = clock;
        happenings = new GroupHappenings(clock);
        subscriptions =
                List.of(
                        bus.subscribe(Topic.GROUPS, this::hear),
                        bus.onMembershipChange(_ -> mailbox.post(this::catchUp)));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /// What the record has is there again. What a sudden end left half done is finished: a group
    /// whose incident is closed, a patch one of whose groups is gone.
    public synchronized void restore() throws RecordUnavailable {
        become(Regrouped.of(store.open(), store.patches()));
        for (var group : groups.regrouped().made().values()) {
            @Nullable IncidentId incident = group.wish().incident();
            if (incident != null && isOver(incident)) {
                close(group, null);
            }
        }
        for (var patch : groups.regrouped().patches().values()) {
            if (!areThere(patch.groups())) {
                part(patch, null);
            }
        }
    }

    /// The group that was once made under this id, closed or not.
    public Optional<MadeGroup> made(GroupId id) throws RecordUnavailable {
        var open = groups.made(id);
        return open.isPresent() ? open : store.find(id);
    }

    /// The patch that once had this id, parted or not.
    public Optional<GroupPatch> patch(CallId id) throws RecordUnavailable {
        return store.findPatch(id);
    }

    public synchronized Outcome make(MadeGroup group, Caller.Person by) throws RecordUnavailable {
        @Nullable MadeGroup before = made(group.id()).orElse(null);
        if (before != null) {
            return before.wish().equals(group.wish()) ? Outcome.DONE : Outcome.CONFLICT;
        }
        if (isTaken(group.id().value())) {
            return Outcome.CONFLICT;
        }
        @Nullable IncidentId incident = group.wish().incident();
        if (incident != null && isOver(incident)) {
            return Outcome.INCIDENT_OVER;
        }
        if (groups.regrouped().isFull(group.node())) {
            return Outcome.FULL;
        }
        audited(by, group.id().value(), "made");
        var keeping = store.make(group, happenings.made(group, by.user()));
        if (keeping == Keeping.KEPT) {
            become(groups.regrouped().with(group));
            publish("made", group.id().value());
        }
        return outcome(keeping);
    }

    public synchronized Outcome close(GroupId id, Caller.Person by) throws RecordUnavailable {
        @Nullable MadeGroup group = groups.made(id).orElse(null);
        if (group != null) {
            close(group, by);
            return Outcome.DONE;
        }
        return store.find(id).isPresent() ? Outcome.DONE : Outcome.UNKNOWN;
    }

    /// Asked after the record has that the incident is closed.
    public synchronized void closeOf(IncidentId incident, Caller.Person by)
            throws RecordUnavailable {
        for (var group : groups.regrouped().madeFor(incident)) {
            close(group, by);
        }
    }

    public synchronized Outcome join(GroupPatch patch, Caller.Person by) throws RecordUnavailable {
        @Nullable GroupPatch before = store.findPatch(patch.id()).orElse(null);
        if (before != null) {
            return before.isRepeatedBy(patch) ? Outcome.DONE : Outcome.CONFLICT;
        }
        if (isTaken(patch.id().value()) || made(new GroupId(patch.id().value())).isPresent()) {
            return Outcome.CONFLICT;
        }
        if (!areThere(patch.groups())) {
            return Outcome.UNKNOWN;
        }
        boolean busy =
                groups.regrouped().isPatched(patch.groups())
                        || patch.groups().stream().anyMatch(id -> groups.spokenTo(id).isPresent());
        if (busy) {
            return Outcome.BUSY;
        }
        audited(by, patch.id().value(), "joined");
        var keeping = store.join(patch, happenings.joined(patch, by.user()));
        if (keeping == Keeping.KEPT) {
            become(groups.regrouped().with(patch));
            publish("joined", patch.id().value());
        }
        return outcome(keeping);
    }

    public synchronized Outcome part(CallId id, Caller.Person by) throws RecordUnavailable {
        @Nullable GroupPatch patch = groups.regrouped().patches().get(id);
        if (patch != null) {
            part(patch, by);
            return Outcome.DONE;
        }
        return store.findPatch(id).isPresent() ? Outcome.DONE : Outcome.UNKNOWN;
    }

    private void close(MadeGroup group, Caller.@Nullable Person by) throws RecordUnavailable {
        @Nullable GroupPatch patch = groups.regrouped().patchOf(group.id()).orElse(null);
        if (patch != null) {
            part(patch, by);
        }
        audited(by, group.id().value(), "closed");
        store.close(group.id(), clock.instant(), happenings.closed(group, userOf(by)));
        become(groups.regrouped().without(group.id()));
        publish("closed", group.id().value());
    }

    private void part(GroupPatch patch, Caller.@Nullable Person by) throws RecordUnavailable {
        audited(by, patch.id().value(), "parted");
        store.part(patch.id(), clock.instant(), happenings.parted(patch, userOf(by)));
        become(groups.regrouped().without(patch.id()));
        publish("parted", patch.id().value());
    }

    /// Does what makes the difference between what is and what is to be.
    private void become(Regrouped next) {
        var before = groups.regrouped();
        groups.become(next);
        Set<GroupId> changed = new LinkedHashSet<>();
        for (var patch : newIn(before.patches(), next.patches())) {
            conversations.part(patch.id());
            changed.addAll(patch.groups());
        }
        for (var group : newIn(before.made(), next.made())) {
            end(group);
            changed.remove(group.id());
        }
        for (var group : newIn(next.made(), before.made())) {
            listening.open(group.asTalkGroup());
            changed.add(group.id());
        }
        for (var patch : newIn(next.patches(), before.patches())) {
            unite(patch);
            changed.addAll(patch.groups());
        }
        news.changed(changed);
    }

    private static <K, V> Collection<V> newIn(Map<K, V> these, Map<K, V> those) {
        return these.entrySet().stream()
                .filter(entry -> !those.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void end(MadeGroup group) {
        broadcasts.cut(group.id());
        listening.close(group.id());
        conversations.end(group.id().asCall());
        news.closed(group.asTalkGroup());
    }

    /// A broadcast that has just begun in one of the groups ends: what stands in the record wins.
    private void unite(GroupPatch patch) {
        var calls = patch.groups().stream().map(GroupId::asCall).toList();
        if (!conversations.unite(patch.id(), calls, () -> {})) {
            patch.groups().forEach(broadcasts::cut);
            if (!conversations.unite(patch.id(), calls, () -> {})) {
                LOG.error("the groups of {} cannot be joined", patch);
            }
        }
    }

    private boolean isTaken(String id) {
        return conversations.isTaken(new CallId(id)) || groups.find(new GroupId(id)).isPresent();
    }

    private boolean areThere(Collection<GroupId> ids) {
        return ids.stream().allMatch(id -> groups.find(id).isPresent());
    }

    private boolean isOver(IncidentId incident) throws RecordUnavailable {
        return record.incidents().find(incident).map(Incident::isClosed).orElse(true);
    }

    private static Outcome outcome(Keeping keeping) {
        return switch (keeping) {
            case KEPT, REPEATED -> Outcome.DONE;
            case CONFLICT -> Outcome.CONFLICT;
        };
    }

    /// What a sudden end left half done was answered for by who began it.
    private void audited(Caller.@Nullable Person by, String id, String change)
            throws RecordUnavailable {
        if (by != null) {
            audit.begin(AuditEntry.Kind.GROUP_CHANGED, by.account(), id, Map.of("change", change));
        }
    }

    private static @Nullable User userOf(Caller.@Nullable Person by) {
        return by == null ? null : by.user();
    }

    private void publish(String kind, String id) {
        bus.publish(Topic.GROUPS, new Envelope(bus.self(), kind, id, Map.of()));
    }

    private void hear(Envelope envelope) {
        if (!envelope.from().equals(bus.self())) {
            mailbox.post(this::catchUp);
        }
    }

    private synchronized void catchUp() {
        try {
            become(Regrouped.of(store.open(), store.patches()));
        } catch (RecordUnavailable e) {
            LOG.warn("groups changed elsewhere but cannot be read", e);
        }
    }
}
