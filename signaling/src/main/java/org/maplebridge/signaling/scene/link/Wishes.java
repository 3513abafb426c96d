package org.maplebridge.signaling.scene.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.link.Routes.Hop;

/// What is asked for, from node to node: each source once over each link, however many want it at
/// its end or behind. A gateway that is asked for a source of another node asks the next one as if
/// its own people looked, so wishes for key frames and rates meet in its relay.
///
/// Thread: guarded by [Links].
final class Wishes {
    /// What the node at the other end of a link gets.
    ///
    /// @param passage what stands in the audit, if it leaves the network there
    record Asked(Wish wish, Crossings.@Nullable Passage passage) {}

    /// What is wanted here. It stays while somebody wants it, with or without a way to it.
    private static final class Wanted {
        final boolean picture;
        int uses;
        @Nullable Link link;
        String mid = "";

        Wanted(boolean picture) {
            this.picture = picture;
        }

        Optional<SourceId> here() {
            @Nullable Link by = link;
            return by == null ? Optional.empty() : Optional.of(by.sourceOf(mid));
        }
    }

    private final Legwork legwork;
    private final Ways ways;
    private final Crossings crossings;
    private final Consumer<Consumer<Elsewhere.Watcher>> teller;
    private final Map<Wish, Wanted> wanted = new HashMap<>();

    /// @param teller tells all watchers, outside of the lock
    Wishes(
            Legwork legwork,
            Ways ways,
            Crossings crossings,
            Consumer<Consumer<Elsewhere.Watcher>> teller) {
        this.legwork = legwork;
        this.ways = ways;
        this.crossings = crossings;
        this.teller = teller;
    }

    Optional<SourceId> want(Wish wish, boolean picture) {
        Optional<SourceId> here = use(wish, picture);
        if (here.isEmpty()) {
            unwant(wish);
        }
        return here;
    }

    /// As [#want], and stays wanted while there is no way to it.
    private Optional<SourceId> use(Wish wish, boolean picture) {
        var there = wanted.computeIfAbsent(wish, _ -> new Wanted(picture));
        there.uses++;
        if (there.link == null) {
            ask(wish, there);
        }
        return there.here();
    }

    private void ask(Wish wish, Wanted there) {
        switch (ways.to(wish.owner(), legwork::stands)) {
            case Hop.Over(var hop) -> ask(wish, there, legwork.link(hop));
            case Hop.Nowhere(var reason) -> tellRefused(wish, reason);
        }
    }

    private void ask(Wish wish, Wanted there, Link link) {
        link.wanted(there.picture)
                .take(wish)
                .ifPresent(mid -> {
                    there.link = link;
                    there.mid = mid;
                    legwork.post(link.node, "want", wish.source(), Letter.want(mid, wish));
                });
    }

    void unwant(Wish wish) {
        @Nullable Wanted there = wanted.get(wish);
        if (there != null && --there.uses <= 0) {
            wanted.remove(wish);
            askNoMore(wish, there);
        }
    }

    private void askNoMore(Wish wish, Wanted there) {
        @Nullable Link link = there.link;
        there.link = null;
        if (link != null && link == legwork.find(link.node)) {
            link.wanted(there.picture).give(wish);
            legwork.post(link.node, "unwant", wish.source(), Letter.want(there.mid, wish));
        }
    }

    /// The other end of a link wants a source, perhaps of a node behind this one.
    ///
    /// @param allowed whether it may leave this network, where it would
    void asked(Link from, String mid, Wish wish, boolean allowed) {
        askedNoMore(from, mid);
        boolean transit = ways.leavesNetwork(wish.owner());
        if (ways.leavesNetwork(from.node) && (!allowed || transit)) {
            refuse(from, mid, wish, Crossings.NOT_ALLOWED);
            return;
        }
        from.asked.put(mid, new Asked(wish, null));
        if (wish.owner().equals(legwork.self())) {
            send(from, mid, wish, wish.source());
        } else if (leadsBackTo(from, wish)) {
            refuse(from, mid, wish, Routes.NO_GATEWAY);
        } else {
            use(wish, Link.isPicture(mid))
                    .ifPresentOrElse(
                            here -> send(from, mid, wish, here),
                            () -> refuse(from, mid, wish, Routes.NO_GATEWAY));
        }
    }

    /// Only when two nodes do not take the same nodes for gateways.
    private boolean leadsBackTo(Link from, Wish wish) {
        return ways.to(wish.owner(), legwork::stands).equals(new Hop.Over(from.node));
    }

    private void send(Link to, String mid, Wish wish, SourceId here) {
        legwork.send(to, mid, here);
        if (ways.leavesNetwork(to.node)) {
            var network = ways.of(to.node).network();
            var passage = crossings.passage(wish.source(), wish.source(), network, to.node);
            to.asked.put(mid, new Asked(wish, passage));
        }
    }

    void askedNoMore(Link from, String mid) {
        legwork.sendNothing(from, mid);
        @Nullable Asked asked = from.asked.remove(mid);
        if (asked != null) {
            crossings.ended(asked.passage());
            unwant(asked.wish());
        }
    }

    private void refuse(Link to, String mid, Wish wish, String reason) {
        legwork.post(to.node, "refused", wish.source(), Letter.refused(mid, reason));
    }

    /// What was asked for over this link does not come for now.
    void refused(Link by, SourceId source, String mid, String reason) {
        askedAs(by, source, mid)
                .ifPresent(wish -> {
                    tellRefused(wish, reason);
                    forEachWhoAsked(wish, (link, there) -> refuse(link, there, wish, reason));
                });
    }

    /// It comes after all.
    void comes(Link by, SourceId source, String mid) {
        askedAs(by, source, mid)
                .ifPresent(wish -> {
                    tellRerouted(wish.owner());
                    forEachWhoAsked(wish, (link, there) -> tellComes(link, there, wish));
                });
    }

    private Optional<Wish> askedAs(Link by, SourceId source, String mid) {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getKey().source().equals(source))
                .filter(entry -> entry.getValue().link == by && entry.getValue().mid.equals(mid))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void tellComes(Link to, String mid, Wish wish) {
        legwork.post(to.node, "comes", wish.source(), Letter.want(mid, wish));
    }

    private void forEachWhoAsked(Wish wish, BiConsumer<Link, String> then) {
        for (var link : legwork.all()) {
            Map.copyOf(link.asked)
                    .forEach((mid, asked) -> {
                        if (asked.wish().equals(wish)) {
                            then.accept(link, mid);
                        }
                    });
        }
    }

    private void tellRefused(Wish wish, String reason) {
        teller.accept(watcher -> watcher.refused(wish.owner(), wish.source(), reason));
    }

    private void tellRerouted(MemberId node) {
        teller.accept(watcher -> watcher.rerouted(node));
    }

    /// The next step to these nodes is another one now.
    void reroute(Set<MemberId> nodes) {
        for (var wish : List.copyOf(wanted.keySet())) {
            @Nullable Wanted there = wanted.get(wish);
            if (there != null && nodes.contains(wish.owner())) {
                askNoMore(wish, there);
                ask(wish, there);
                tellWhoAsked(wish, there.here());
            }
        }
        nodes.forEach(this::tellRerouted);
    }

    private void tellWhoAsked(Wish wish, Optional<SourceId> here) {
        forEachWhoAsked(
                wish,
                (link, mid) -> {
                    if (here.isPresent()) {
                        legwork.send(link, mid, here.get());
                        tellComes(link, mid, wish);
                    } else {
                        legwork.sendNothing(link, mid);
                        refuse(link, mid, wish, Routes.NO_GATEWAY);
                    }
                });
    }

    /// Nothing comes in or goes out by this link any more.
    void drop(Link link) {
        Set.copyOf(link.asked.keySet()).forEach(mid -> askedNoMore(link, mid));
        wanted.values().stream()
                .filter(there -> there.link == link)
                .forEach(there -> {
                    there.link = null;
                });
    }
}
