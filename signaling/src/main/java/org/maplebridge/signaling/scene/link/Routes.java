package org.maplebridge.signaling.scene.link;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.maplebridge.dispatch.model.MemberId;

/// Over which node media go from one node to another. Within a network they go directly; into
/// another one over a gateway of each. Every step leads nearer: into the own network's gateway,
/// into the other network, to the node; so there are at most three and no circle, whatever each
/// node takes for the state of its links.
///
/// Pure. Thread: any, immutable.
final class Routes {
    /// The next step.
    sealed interface Hop {
        record Over(MemberId node) implements Hop {}

        /// @param reason a code of the protocol
        record Nowhere(String reason) implements Hop {}
    }

    /// What people read when a network has no gateway.
    static final String NO_GATEWAY = "no-gateway";

    private final Map<MemberId, Place> places;

    /// @param places of all nodes that are there and said so
    Routes(Map<MemberId, Place> places) {
        this.places = Map.copyOf(places);
    }

    Place of(MemberId node) {
        return places.getOrDefault(node, Place.UNSAID);
    }

    /// Whether these two may exchange media without others between them.
    boolean linked(MemberId one, MemberId other) {
        var here = of(one);
        var there = of(other);
        return here.network().equals(there.network()) || here.gateway() && there.gateway();
    }

    /// Whether what goes from one to the other leaves a network.
    boolean crosses(MemberId from, MemberId to) {
        return !of(from).network().equals(of(to).network());
    }

    /// @param before the step until now, which is kept while it leads there
    /// @param stands which links of `from` carry something
    Hop next(MemberId from, MemberId to, Hop before, Predicate<MemberId> stands) {
        var steps = steps(from, to);
        if (before instanceof Hop.Over(var node) && steps.contains(node) && stands.test(node)) {
            return before;
        }
        return steps.stream()
                .filter(stands)
                .findFirst()
                .or(() -> steps.stream().findFirst())
                .<Hop>map(Hop.Over::new)
                .orElse(new Hop.Nowhere(NO_GATEWAY));
    }

    /// All that lead nearer, in the order in which they are taken.
    private List<MemberId> steps(MemberId from, MemberId to) {
        if (linked(from, to)) {
            return List.of(to);
        }
        var network = of(from).gateway() ? of(to).network() : of(from).network();
        return places.entrySet().stream()
                .filter(there -> there.getValue().gateway())
                .filter(there -> there.getValue().network().equals(network))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(MemberId::value))
                .toList();
    }
}
