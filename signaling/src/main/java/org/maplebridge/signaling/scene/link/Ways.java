package org.maplebridge.signaling.scene.link;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.signaling.scene.link.Routes.Hop;

/// The next step from this node to each other one, as it was taken last.
///
/// Thread: guarded by [Links].
final class Ways {
    private static final Hop UNKNOWN = new Hop.Nowhere("");

    private final MemberId self;
    private final Map<MemberId, Place> places = new HashMap<>();
    private final Map<MemberId, Hop> hops = new HashMap<>();
    private Routes routes;

    Ways(MemberId self, Place own) {
        this.self = self;
        places.put(self, own);
        routes = new Routes(places);
    }

    boolean knows(MemberId node) {
        return places.containsKey(node);
    }

    void put(MemberId node, Place place) {
        places.put(node, place);
        routes = new Routes(places);
    }

    void remove(MemberId node) {
        places.remove(node);
        routes = new Routes(places);
    }

    Place of(MemberId node) {
        return routes.of(node);
    }

    boolean isLinked(MemberId node) {
        return routes.linked(self, node);
    }

    boolean leavesNetwork(MemberId node) {
        return routes.crosses(self, node);
    }

    Hop to(MemberId node, Predicate<MemberId> stands) {
        return hops.computeIfAbsent(node, there -> routes.next(self, there, UNKNOWN, stands));
    }

    /// @return the nodes to which the next step is another one now
    Set<MemberId> lookAgain(Predicate<MemberId> stands) {
        var changed = new HashSet<MemberId>();
        for (var node : Set.copyOf(hops.keySet())) {
            @Nullable Hop before = hops.get(node);
            var now = routes.next(self, node, before == null ? UNKNOWN : before, stands);
            if (!now.equals(before)) {
                hops.put(node, now);
                changed.add(node);
            }
        }
        return changed;
    }
}
