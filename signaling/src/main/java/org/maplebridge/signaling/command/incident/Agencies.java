package org.maplebridge.signaling.command.incident;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.security.Roster;

/// Which departments a matter may be brought to: those that the ownership list names.
///
/// Thread: any.
public final class Agencies {
    @FunctionalInterface
    public interface Current {
        OwnershipList list() throws RecordUnavailable;
    }

    /// @param item the line that names it: what fits the matter best, else its first
    /// @param suggested whether that line is about this matter
    public record Agency(OrgNode node, OwnershipItem item, boolean suggested) {}

    private static final int MOST_SUGGESTED = 10;

    private final Current current;
    private final Roster roster;

    public Agencies(Current current, Roster roster) {
        this.current = current;
        this.roster = roster;
    }

    /// What fits the matter first.
    public List<Agency> of(Incident incident) throws RecordUnavailable {
        var list = current.list();
        var suggested = suggested(list, incident);
        var found = new LinkedHashMap<NodeId, Agency>();
        suggested.forEach(item -> add(found, item, true));
        list.items().forEach(item -> add(found, item, false));
        return List.copyOf(found.values());
    }

    Optional<Agency> of(Incident incident, NodeId node) throws RecordUnavailable {
        return of(incident).stream().filter(one -> one.node().id().equals(node)).findFirst();
    }

    boolean isOne(NodeId node) {
        return roster.organisation()
                .node(node)
                .filter(there -> there.kind() == OrgNode.Kind.AGENCY)
                .isPresent();
    }

    /// Whether nobody can say whose matter it is. Without a list there is nothing to go by.
    boolean isUnclear(Incident incident) throws RecordUnavailable {
        var list = current.list();
        return !list.items().isEmpty() && suggested(list, incident).isEmpty();
    }

    private void add(Map<NodeId, Agency> found, OwnershipItem item, boolean suggested) {
        @Nullable NodeId node = item.node();
        if (node != null && isOne(node)) {
            roster.organisation()
                    .node(node)
                    .ifPresent(
                            there -> found.putIfAbsent(node, new Agency(there, item, suggested)));
        }
    }

    private static List<OwnershipItem> suggested(OwnershipList list, Incident incident) {
        @Nullable String kind = incident.origin().kind();
        return list.suggest(
                incident.title() + "\n" + incident.origin().text(),
                kind == null ? "" : kind,
                MOST_SUGGESTED);
    }
}
