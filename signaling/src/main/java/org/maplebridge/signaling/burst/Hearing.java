package org.maplebridge.signaling.burst;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Who may hear what was said, and how it looks to them: who is or may be in the group, whoever
/// could hear it when it was said, and the two sides of a private call; with the right to read the
/// audit, private calls of units one sees.
///
/// Thread: any.
public final class Hearing {
    private final Groups groups;
    private final Function<GroupId, Optional<TalkGroup>> closed;
    private final Roster roster;

    /// @param closed groups that there were
    public Hearing(Groups groups, Function<GroupId, Optional<TalkGroup>> closed, Roster roster) {
        this.groups = groups;
        this.closed = closed;
        this.roster = roster;
    }

    public boolean mayHear(Caller.Person person, Burst burst) {
        @Nullable UnitId unit = person.user().unit();
        if (unit != null && (burst.listeners().contains(unit) || burst.sides().contains(unit))) {
            return true;
        }
        return burst.isPrivate()
                ? person.may(Permission.AUDIT_READ) && seesASide(person.user(), burst)
                : burst.calls().stream().anyMatch(call -> mayJoin(person.user(), call));
    }

    private boolean seesASide(User user, Burst burst) {
        return burst.sides().stream()
                .anyMatch(side -> roster.visibility().seesUnit(user, side, Aspect.TALK));
    }

    /// What of the record may be listed for this person.
    public BurstQuery.Reader reader(Caller.Person person) {
        var calls =
                groups.all().stream()
                        .filter(group -> groups.mayJoin(person.user(), group))
                        .map(group -> group.id().asCall())
                        .collect(Collectors.toUnmodifiableSet());
        return new BurstQuery.Reader(
                calls, person.user().unit(), person.may(Permission.AUDIT_READ));
    }

    /// The calls of the groups that this unit is a member of.
    public Set<CallId> groupsOf(UnitId unit) {
        return groups.of(unit).stream()
                .map(group -> group.id().asCall())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Everybody to whom a burst was said, there or not.
    Set<UnitId> meant(Burst burst) {
        var units = new HashSet<>(burst.sides());
        for (var call : burst.calls()) {
            groups.find(new GroupId(call.value())).map(TalkGroup::members).ifPresent(units::addAll);
        }
        return units;
    }

    public List<BurstNews.Burst> shown(
            Collection<Burst> bursts, Set<BurstId> heard, User user, String locale) {
        return bursts.stream()
                .map(burst -> shown(burst, heard.contains(burst.id()), user, locale))
                .toList();
    }

    public BurstNews.Burst shown(Burst burst, boolean heard, User user, String locale) {
        return BurstView.of(burst, callFor(user, burst), heard, roster.organisation(), locale);
    }

    /// While groups were joined, each hears it under its own.
    private CallId callFor(User user, Burst burst) {
        if (burst.calls().size() == 1 || mayJoin(user, burst.call())) {
            return burst.call();
        }
        return burst.calls().stream()
                .filter(call -> mayJoin(user, call))
                .min((a, b) -> a.value().compareTo(b.value()))
                .orElse(burst.call());
    }

    private boolean mayJoin(User user, CallId call) {
        return group(call).filter(group -> groups.mayJoin(user, group)).isPresent();
    }

    /// The group whose conversation this is, be it closed by now; nothing for a private call.
    public Optional<TalkGroup> group(CallId call) {
        var id = new GroupId(call.value());
        return groups.find(id).or(() -> closed.apply(id));
    }
}
