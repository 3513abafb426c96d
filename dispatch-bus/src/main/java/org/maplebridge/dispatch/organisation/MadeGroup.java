package org.maplebridge.dispatch.organisation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A talk group that somebody made for as long as it is needed.
///
/// @param id chosen by who made it
/// @param node where its maker is; who sees the talk there sees the group
/// @param members who was named or was in the area at that moment, for good
public record MadeGroup(GroupId id, Wish wish, NodeId node, Instant madeAt, Set<UnitId> members) {
    public static final int MAX_NAME_CHARS = 40;

    /// An operation, not the county.
    public static final int MAX_MEMBERS = 200;

    /// What was asked for. The same wish under the same id is a repeat and not another group,
    /// although others may be in the area meanwhile.
    ///
    /// @param units asked for by name
    /// @param area whose units are asked for, too
    /// @param incident the group closes with
    public record Wish(
            String name,
            UserId by,
            Set<UnitId> units,
            @Nullable GeoArea area,
            @Nullable IncidentId incident) {
        public Wish {
            units = Set.copyOf(units);
            PlainText.require(name, MAX_NAME_CHARS);
        }
    }

    public MadeGroup {
        members = Set.copyOf(members);
        if (members.isEmpty()
                || members.size() > MAX_MEMBERS
                || !members.containsAll(wish.units())) {
            throw new IllegalArgumentException(members.size() + " members");
        }
    }

    public TalkGroup asTalkGroup() {
        var kind = wish.incident() == null ? TalkGroup.Kind.AD_HOC : TalkGroup.Kind.INCIDENT;
        return new TalkGroup(id, Name.of(wish.name()), kind, node, members);
    }
}
