package org.maplebridge.dispatch.organisation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;

/// What people changed about the talk groups: those they made and have not closed, and those they
/// joined and have not parted. A change makes a new value.
///
/// Pure.
public record Regrouped(Map<GroupId, MadeGroup> made, Map<CallId, GroupPatch> patches) {
    public static final Regrouped NOTHING = new Regrouped(Map.of(), Map.of());

    /// A room that has made more than this has forgotten to close them.
    public static final int MAX_MADE_AT_A_NODE = 200;

    public Regrouped {
        made = Map.copyOf(made);
        patches = Map.copyOf(patches);
    }

    /// What a record has. Of patches that two nodes made of one group at once, the first stands.
    public static Regrouped of(Collection<MadeGroup> made, Collection<GroupPatch> patches) {
        var next = NOTHING;
        for (var group : made) {
            next = next.with(group);
        }
        for (var patch : patches) {
            next = next.isPatched(patch.groups()) ? next : next.with(patch);
        }
        return next;
    }

    /// Whether nobody at this node may make another one.
    public boolean isFull(NodeId node) {
        return made.values().stream().filter(group -> group.node().equals(node)).count()
                >= MAX_MADE_AT_A_NODE;
    }

    public Optional<GroupPatch> patchOf(GroupId group) {
        return patches.values().stream()
                .filter(patch -> patch.groups().contains(group))
                .findFirst();
    }

    /// Whether one of these is joined with others.
    public boolean isPatched(Collection<GroupId> groups) {
        return groups.stream().anyMatch(group -> patchOf(group).isPresent());
    }

    public Collection<MadeGroup> madeFor(IncidentId incident) {
        return made.values().stream()
                .filter(group -> incident.equals(group.wish().incident()))
                .toList();
    }

    public Regrouped with(MadeGroup group) {
        var more = new LinkedHashMap<>(made);
        more.put(group.id(), group);
        return new Regrouped(more, patches);
    }

    /// A patch ends when one of its groups closes: what is left might be nobody's wish.
    public Regrouped without(GroupId group) {
        var fewer = new LinkedHashMap<>(made);
        fewer.remove(group);
        var left = new LinkedHashMap<>(patches);
        left.values().removeIf(patch -> patch.groups().contains(group));
        return new Regrouped(fewer, left);
    }

    /// @throws IllegalArgumentException when one of the groups is joined with others already
    public Regrouped with(GroupPatch patch) {
        if (isPatched(patch.groups())) {
            throw new IllegalArgumentException("joined with others already");
        }
        var more = new LinkedHashMap<>(patches);
        more.put(patch.id(), patch);
        return new Regrouped(made, more);
    }

    public Regrouped without(CallId patch) {
        var fewer = new LinkedHashMap<>(patches);
        fewer.remove(patch);
        return new Regrouped(made, fewer);
    }
}
