package org.maplebridge.signaling.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.MediaLeg;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.security.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How the relay sees each peer connection of this node: for who has to find out why one car is
/// dark. It holds no sound and no picture.
@RestController
public class LegController {
    private static final int MOST = 500;
    private static final long PATIENCE_MILLIS = 1_000;

    /// @param open peer connections of sessions at this node, shown or not
    public record NodeLegs(int open, List<PersonLeg> legs) {}

    /// As [LegStats], and whose it is.
    ///
    /// @param sends what it publishes, as it arrives, by source
    public record PersonLeg(
            String account,
            boolean terminal,
            String state,
            String remoteAddress,
            boolean tcp,
            String srtpProfile,
            int handshakes,
            long downlinkBitsPerSecond,
            List<LegStats.Slot> slots,
            Map<String, SourceStats> sends) {
        static PersonLeg of(Peer peer, LegStats leg, Map<String, SourceStats> sends) {
            return new PersonLeg(
                    accountOf(peer),
                    peer.isTerminal(),
                    leg.state(),
                    leg.remoteAddress(),
                    leg.tcp(),
                    leg.srtpProfile(),
                    leg.handshakes(),
                    leg.downlinkBitsPerSecond(),
                    leg.slots(),
                    sends);
        }
    }

    private final MediaRelay relay;
    private final Legs legs;
    private final Peers peers;

    public LegController(MediaRelay relay, Legs legs, Peers peers) {
        this.relay = relay;
        this.legs = legs;
        this.peers = peers;
    }

    @GetMapping("/api/nodes/self/legs")
    NodeLegs list(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(defaultValue = "100") int limit) {
        Access.require(person, Permission.ADMIN);
        int most = Access.limit(limit, MOST);
        var asked =
                peers.all().stream()
                        .filter(peer -> account == null || accountOf(peer).equals(account))
                        .sorted(Comparator.comparing(LegController::accountOf))
                        .flatMap(
                                peer -> legs.of(peer.session()).map(leg -> ask(peer, leg)).stream())
                        .limit(most)
                        .toList();
        var shown = asked.stream().flatMap(leg -> leg.join().stream()).toList();
        return new NodeLegs(legs.open(), shown);
    }

    /// Empty for one that was closed meanwhile.
    private CompletableFuture<Optional<PersonLeg>> ask(Peer peer, MediaLeg leg) {
        var sends = new TreeMap<String, SourceStats>();
        var sources = new ArrayList<CompletableFuture<?>>();
        var published = new ArrayList<>(List.of(Sources.microphone(peer)));
        peer.unit().filter(_ -> peer.isTerminal()).map(Sources::camera).ifPresent(published::add);
        for (var source : published) {
            sources.add(
                    relay.sourceStats(source)
                            .thenAccept(stats -> {
                                synchronized (sends) {
                                    sends.put(source.value(), stats);
                                }
                            })
                            .exceptionally(_ -> null)); // it publishes no such thing now
        }
        return CompletableFuture.allOf(sources.toArray(CompletableFuture[]::new))
                .thenCombine(
                        relay.legStats(leg.id()),
                        (_, stats) -> Optional.of(PersonLeg.of(peer, stats, sends)))
                .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> Optional.empty());
    }

    private static String accountOf(Peer peer) {
        return peer.person().account();
    }
}
