package org.maplebridge.signaling.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.Regrouped;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Roster;

/// The talk groups there are now: those that follow from the organisation and those that people
/// made. Whoever looks a group up looks here.
///
/// Thread: any; what people changed is one volatile reference to an immutable value.
public final class Groups {
    /// Somebody speaks to all of a group.
    ///
    /// @param id of the broadcast
    public record Spoken(CallId id, GroupId group, Peer by) {}

    private static final Comparator<TalkGroup> LISTENED_TO_FIRST =
            Comparator.comparing(TalkGroup::kind);

    private final Roster roster;
    private final Map<GroupId, Spoken> spokenTo = new ConcurrentHashMap<>();
    private volatile Regrouped regrouped = Regrouped.NOTHING;

    public Groups(Roster roster) {
        this.roster = roster;
    }

    public Optional<TalkGroup> find(GroupId id) {
        return roster.organisation().group(id).or(() -> made(id).map(MadeGroup::asTalkGroup));
    }

    /// The group of this name, if it is one and this user sees it.
    ///
    /// @param id as it was sent
    public Optional<TalkGroup> seenBy(User user, String id) {
        return Ids.isValid(id)
                ? find(new GroupId(id)).filter(group -> roster.visibility().seesGroup(user, group))
                : Optional.empty();
    }

    /// Everything this user sees: what the organisation has in its order, then what was made,
    /// oldest first.
    public List<TalkGroup> seenBy(User user) {
        var visibility = roster.visibility();
        return all().stream().filter(group -> visibility.seesGroup(user, group)).toList();
    }

    /// What a unit is a member of, in the order in which few voice slots are given to it; what was
    /// made last comes first among its kind.
    public List<TalkGroup> of(UnitId unit) {
        return all().reversed().stream()
                .filter(group -> group.members().contains(unit))
                .sorted(LISTENED_TO_FIRST)
                .toList();
    }

    public boolean mayJoin(User user, TalkGroup group) {
        return roster.visibility().mayJoin(user, group);
    }

    /// A group that people made and have not closed.
    public Optional<MadeGroup> made(GroupId id) {
        return Optional.ofNullable(regrouped.made().get(id));
    }

    /// The incident that a made group is for.
    public Optional<IncidentId> incidentOf(GroupId id) {
        return made(id).flatMap(group -> Optional.ofNullable(group.wish().incident()));
    }

    /// The broadcast that runs in this group.
    public Optional<Spoken> spokenTo(GroupId group) {
        return Optional.ofNullable(spokenTo.get(group));
    }

    /// Whether it is this session that speaks to all of the group.
    public boolean isSpokenToBy(SessionId session, GroupId group) {
        @Nullable Spoken spoken = spokenTo.get(group);
        return spoken != null && spoken.by().session().equals(session);
    }

    Regrouped regrouped() {
        return regrouped;
    }

    void become(Regrouped next) {
        regrouped = next;
    }

    /// @return what is spoken there already, or nothing
    Optional<Spoken> speak(Spoken spoken) {
        return Optional.ofNullable(spokenTo.putIfAbsent(spoken.group(), spoken));
    }

    void silence(Spoken spoken) {
        spokenTo.remove(spoken.group(), spoken);
    }

    List<Spoken> spoken() {
        return List.copyOf(spokenTo.values());
    }

    List<Spoken> spokenBy(SessionId session) {
        return spokenTo.values().stream()
                .filter(spoken -> spoken.by().session().equals(session))
                .toList();
    }

    public List<TalkGroup> all() {
        var all = new ArrayList<>(roster.organisation().groups());
        regrouped.made().values().stream()
                .filter(group -> roster.organisation().group(group.id()).isEmpty())
                .sorted(Comparator.comparing(MadeGroup::madeAt))
                .map(MadeGroup::asTalkGroup)
                .forEach(all::add);
        return all;
    }
}
