package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.CameraHealth;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.Downlink;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.ServerHealth;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.Uplink;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchQuality;

/// Tells every viewer which hop is silent: camera, uplink, server or downlink.
///
/// Thread: one round at a time; the relay's answers come on its threads.
public final class Quality {
    /// A camera that sent nothing for so long is called silent.
    private static final long SILENT_MILLIS = 2_000;

    private final MediaRelay relay;
    private final LiveBoard lives;
    private final Legs legs;
    private final Peers peers;
    private final NodeLoad load;
    private final Map<UnitId, SourceStats> last = new ConcurrentHashMap<>();

    public Quality(MediaRelay relay, LiveBoard lives, Legs legs, Peers peers, NodeLoad load) {
        this.relay = relay;
        this.lives = lives;
        this.legs = legs;
        this.peers = peers;
        this.load = load;
    }

    /// Asked every two seconds.
    public void round() {
        var server =
                load.level().limit() == PictureLimit.NONE
                        ? ServerHealth.OK
                        : ServerHealth.OVERLOADED;
        var uplinks = new HashMap<UnitId, CompletableFuture<Hop>>();
        for (var peer : peers.all()) {
            var watches = lives.watchesBy(peer.session());
            if (watches.isEmpty()) {
                continue;
            }
            var leg = legs.of(peer.session());
            if (leg.isEmpty()) {
                continue;
            }
            var stats = relay.legStats(leg.get().id()).exceptionally(_ -> NO_LEG);
            for (var watch : watches) {
                var hop = uplinks.computeIfAbsent(watch.unit(), this::uplink);
                var tile = leg.get().tiles().get(watch.tile());
                @Nullable String picture = tile == null ? null : tile.picture();
                var unused =
                        hop.thenAcceptBoth(
                                stats,
                                (up, down) ->
                                        peer.send(
                                                new WatchQuality(
                                                        watch.tile(),
                                                        up.camera(),
                                                        up.link(),
                                                        server,
                                                        downlink(down, picture))));
            }
        }
        last.keySet().removeIf(unit -> !lives.isLive(unit));
    }

    private record Hop(CameraHealth camera, Uplink link) {}

    private static final LegStats NO_LEG =
            new LegStats(new LegId("none"), "", "", false, "", 0, -1, List.of());

    private CompletableFuture<Hop> uplink(UnitId unit) {
        if (!lives.isLive(unit)) {
            return CompletableFuture.completedFuture(off());
        }
        return relay.sourceStats(Sources.camera(unit))
                .thenApply(stats -> hop(unit, stats))
                .exceptionally(_ -> silent());
    }

    private Hop hop(UnitId unit, SourceStats now) {
        @Nullable SourceStats before = last.put(unit, now);
        long lost = now.lost() - (before == null ? 0 : before.lost());
        long got = now.packets() - (before == null ? 0 : before.packets());
        boolean restarted = lost < 0 || got < 0;
        double percent = restarted || lost + got == 0 ? 0 : 100.0 * lost / (lost + got);
        boolean silent = now.silentMillis() < 0 || now.silentMillis() > SILENT_MILLIS;
        return new Hop(
                silent ? CameraHealth.SILENT : CameraHealth.OK,
                new Uplink(
                        rounded(percent),
                        known(now.roundTripMillis()),
                        now.bitsPerSecond() / 1_000,
                        now.silentMillis() < 0 ? null : now.silentMillis()));
    }

    private static Hop off() {
        return new Hop(CameraHealth.OFF, new Uplink(0, null, 0, null));
    }

    private static Hop silent() {
        return new Hop(CameraHealth.SILENT, new Uplink(0, null, 0, null));
    }

    private static Downlink downlink(LegStats leg, @Nullable String mid) {
        return leg.slots().stream()
                .filter(slot -> slot.mid().equals(mid))
                .findFirst()
                .map(slot ->
                        new Downlink(
                                rounded(100 * slot.reportedLossFraction()),
                                known(slot.roundTripMillis())))
                .orElse(new Downlink(0, null));
    }

    private static @Nullable Double known(double millis) {
        return millis < 0 || !Double.isFinite(millis) ? null : (Double) rounded(millis);
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 10) / 10.0 : 0;
    }
}
