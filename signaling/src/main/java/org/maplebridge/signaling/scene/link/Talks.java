package org.maplebridge.signaling.scene.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.floor.Carrying.Talker;
import org.maplebridge.signaling.scene.link.Routes.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said, from node to node: once over each link, whatever the number of nodes behind it. A
/// gateway carries on what came in by one link without a gate of its own; who let it in, and who
/// hears it, have one under the same epoch.
///
/// Thread: guarded by [Links].
final class Talks {
    /// Runs a task later, under the lock.
    interface Later {
        void in(long millis, Runnable task);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /// Words that came over the link before the letter about them.
    private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// Longer than a relay waits for last words.
    private static final long LAST_WORDS_MILLIS = 500;

    private final Legwork legwork;
    private final Ways ways;
    private final Crossings crossings;
    private final MediaRelay relay;
    private final LongSupplier nanoClock;
    private final Later later;
    private final Map<Talk.Key, Talk> talks = new HashMap<>();

    Talks(
            Legwork legwork,
            Ways ways,
            Crossings crossings,
            MediaRelay relay,
            LongSupplier nanoClock,
            Later later) {
        this.legwork = legwork;
        this.ways = ways;
        this.crossings = crossings;
        this.relay = relay;
        this.nanoClock = nanoClock;
        this.later = later;
    }

    /// Somebody of this node talks, or further nodes hear it.
    void begin(SourceId channel, Talker talker, long epoch, Collection<MemberId> nodes) {
        carry(new Talk(new Talk.Key(legwork.self(), channel), talker, epoch, channel), nodes);
    }

    void end(SourceId channel) {
        @Nullable Talk talk = talks.remove(new Talk.Key(legwork.self(), channel));
        if (talk != null) {
            Map.copyOf(talk.lanes).keySet().forEach(hop -> stop(talk, hop));
        }
    }

    /// Something is said at the other end of a link.
    void said(Link from, SourceId channel, Letter letter) {
        var mid = letter.mid();
        var beyond = new HashSet<>(letter.hearers(legwork.self()));
        if (beyond.remove(legwork.self())) {
            hear(from, mid, channel, letter.epoch());
        }
        if (!beyond.isEmpty()) {
            var key = new Talk.Key(from.node, channel);
            carry(new Talk(key, letter.talker(), letter.epoch(), from.sourceOf(mid)), beyond);
        }
    }

    /// The section is kept until the last words are through.
    void silent(Link from, SourceId channel, Letter letter) {
        hearNothing(from, letter.mid(), letter.epoch());
        var key = new Talk.Key(from.node, channel);
        @Nullable Talk talk = talks.get(key);
        if (talk != null && talk.epoch == letter.epoch()) {
            talks.remove(key);
            talk.lanes.forEach((hop, lane) -> tellEnd(talk, hop, lane));
            later.in(LAST_WORDS_MILLIS, () -> release(talk));
        }
    }

    private void release(Talk ended) {
        @Nullable Talk next = talks.get(ended.key);
        for (var hop : ended.lanes.keySet()) {
            if (next == null || !next.lanes.containsKey(hop)) {
                giveBack(ended, hop);
            }
        }
    }

    private void hear(Link link, String mid, SourceId channel, long epoch) {
        Link.@Nullable Heard before = link.heard.put(mid, new Link.Heard(channel, epoch));
        if (before != null && !before.channel().equals(channel)) {
            relay.clearFloor(before.channel(), before.epoch());
        }
        relay.giveFloor(channel, link.sourceOf(mid), epoch, early());
    }

    private void hearNothing(Link link, String mid, long epoch) {
        Link.@Nullable Heard heard = link.heard.get(mid);
        if (heard != null && heard.epoch() == epoch) {
            link.heard.remove(mid);
            relay.finishFloor(heard.channel(), epoch);
        }
    }

    private long early() {
        return nanoClock.getAsLong() - EARLY_NANOS;
    }

    private void carry(Talk said, Collection<MemberId> nodes) {
        @Nullable Talk before = talks.get(said.key);
        if (before != null && before.epoch != said.epoch) {
            talks.remove(said.key);
            Map.copyOf(before.lanes).keySet().forEach(hop -> stop(before, hop));
        }
        var talk = talks.computeIfAbsent(said.key, _ -> said);
        reach(talk, nodes);
    }

    private void reach(Talk talk, Collection<MemberId> nodes) {
        var byHop = new HashMap<MemberId, Set<MemberId>>();
        for (var node : nodes) {
            switch (ways.to(node, legwork::stands)) {
                case Hop.Over(var hop) when !hop.equals(talk.key.from()) ->
                        byHop.computeIfAbsent(hop, _ -> new HashSet<>()).add(node);
                case Hop.Over _ -> LOG.warn("{} would go back to where it came from", talk.key);
                case Hop.Nowhere(var reason) -> {
                    talk.unreached.add(node);
                    tellUnheard(talk, List.of(node), reason);
                    LOG.warn("{} is not heard at {}: {}", talk.key.channel(), node, reason);
                }
            }
        }
        byHop.forEach((hop, behind) -> reach(talk, hop, behind));
    }

    private void reach(Talk talk, MemberId hop, Set<MemberId> behind) {
        Talk.@Nullable Lane lane = talk.lanes.get(hop);
        if (lane == null) {
            lane = open(talk, hop, behind);
        }
        if (lane != null) {
            lane.nodes().addAll(behind);
            var fields = Letter.said(lane.mid(), talk.epoch, talk.talker, behind);
            legwork.post(hop, "said", talk.key.channel(), fields);
        }
    }

    /// Their people see that somebody talks, and are told why they do not hear it.
    private void tellUnheard(Talk talk, Collection<MemberId> nodes, String reason) {
        var fields = Letter.unheard(talk.epoch, reason);
        nodes.forEach(node -> legwork.post(node, "unheard", talk.key.channel(), fields));
    }

    private Talk.@Nullable Lane open(Talk talk, MemberId hop, Collection<MemberId> behind) {
        boolean leaves = ways.leavesNetwork(hop);
        boolean transit = ways.leavesNetwork(talk.key.from());
        if (leaves && (transit || !crossings.allows(talk.talker))) {
            LOG.info("{} of {} may not cross", talk.talker.microphone(), talk.key.channel());
            tellUnheard(talk, behind, Crossings.NOT_ALLOWED);
            return null;
        }
        var link = legwork.link(hop);
        @Nullable String mid = link.spoken.take(talk.key).orElse(null);
        if (mid == null) {
            LOG.error("no voice section is free to {}: {} is not heard there", hop, talk.key);
            return null;
        }
        var lane =
                new Talk.Lane(
                        mid,
                        new HashSet<>(),
                        leaves
                                ? crossings.passage(
                                        talk.talker.microphone(),
                                        talk.key.channel(),
                                        ways.of(hop).network(),
                                        hop)
                                : null);
        talk.lanes.put(hop, lane);
        if (talk.key.from().equals(legwork.self())) {
            legwork.send(link, mid, talk.source);
        } else {
            legwork.sendSince(link, mid, talk.source, early());
        }
        return lane;
    }

    private void stop(Talk talk, MemberId hop) {
        Talk.@Nullable Lane lane = talk.lanes.get(hop);
        if (lane != null) {
            tellEnd(talk, hop, lane);
            giveBack(talk, hop);
            talk.lanes.remove(hop);
        }
    }

    private void tellEnd(Talk talk, MemberId hop, Talk.Lane lane) {
        var fields = Letter.silent(lane.mid(), talk.epoch);
        legwork.post(hop, "silent", talk.key.channel(), fields);
        crossings.ended(lane.passage());
    }

    private void giveBack(Talk talk, MemberId hop) {
        @Nullable Link link = legwork.find(hop);
        if (link != null) {
            link.spoken.give(talk.key).ifPresent(mid -> legwork.sendNothing(link, mid));
        }
    }

    /// The next step to these nodes is another one now.
    void reroute(Set<MemberId> nodes) {
        for (var talk : List.copyOf(talks.values())) {
            var moved = new HashSet<>(nodes);
            moved.retainAll(talk.unreached);
            talk.unreached.removeAll(moved);
            Map.copyOf(talk.lanes)
                    .forEach((hop, lane) -> {
                        var leaving = new HashSet<>(lane.nodes());
                        leaving.retainAll(nodes);
                        moved.addAll(leaving);
                        lane.nodes().removeAll(leaving);
                        if (lane.nodes().isEmpty()) {
                            stop(talk, hop);
                        }
                    });
            reach(talk, moved);
        }
    }

    /// Nothing comes in or goes out by this link any more.
    void drop(Link link) {
        for (var talk : List.copyOf(talks.values())) {
            if (talk.key.from().equals(link.node)) {
                talks.remove(talk.key);
                Map.copyOf(talk.lanes).keySet().forEach(hop -> stop(talk, hop));
            } else {
                stop(talk, link.node);
            }
        }
    }
}
