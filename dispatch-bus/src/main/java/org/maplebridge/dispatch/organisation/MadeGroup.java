package org.maplebridge.dispatch.organisation;

import java.time.Instant;
import java.util.Objects;
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
/// @param named the units that were asked for by name
/// @param area whose units were asked for, too
/// @param members who was named or was in the area at that moment, for good
/// @param incident it closes with
public record MadeGroup(
        GroupId id,
        String name,
        NodeId node,
        UserId madeBy,
        Instant madeAt,
        Set<UnitId> named,
        @Nullable GeoArea area,
        Set<UnitId> members,
        @Nullable IncidentId incident) {
    public static final int MAX_NAME_CHARS = 40;

    /// An operation, not the county.
    public static final int MAX_MEMBERS = 200;

    public MadeGroup {
        named = Set.copyOf(named);
        members = Set.copyOf(members);
        PlainText.require(name, MAX_NAME_CHARS);
        if (members.isEmpty() || members.size() > MAX_MEMBERS || !members.containsAll(named)) {
            throw new IllegalArgumentException(members.size() + " members");
        }
    }

    public TalkGroup asTalkGroup() {
        var kind = incident == null ? TalkGroup.Kind.AD_HOC : TalkGroup.Kind.INCIDENT;
        return new TalkGroup(id, Name.of(name), kind, node, members);
    }

    /// Whether making `other` under the same id is a repeat of this and not another group. Who is
    /// in an area changes while a message is on its way, so only what was asked for counts.
    public boolean isRepeatedBy(MadeGroup other) {
        return id.equals(other.id)
                && name.equals(other.name)
                && madeBy.equals(other.madeBy)
                && named.equals(other.named)
                && Objects.equals(area, other.area)
                && Objects.equals(incident, other.incident);
    }
}
