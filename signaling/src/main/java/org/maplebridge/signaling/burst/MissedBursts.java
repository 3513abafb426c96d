package org.maplebridge.signaling.burst;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews;
import org.maplebridge.signaling.scene.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a unit's groups said while nobody there could hear it.
///
/// Thread: any.
public final class MissedBursts {
    private static final Logger LOG = LoggerFactory.getLogger(MissedBursts.class);

    /// What is older is history, and no longer called missed.
    static final Duration SINCE = Duration.ofHours(24);

    public static final int MOST = 50;

    private final BurstStore bursts;
    private final Hearing hearing;
    private final InstantSource clock;

    public MissedBursts(BurstStore bursts, Hearing hearing, InstantSource clock) {
        this.bursts = bursts;
        this.hearing = hearing;
        this.clock = clock;
    }

    /// For a fresh session; it comes without when the record does not answer.
    public List<BurstNews.Burst> shownTo(Peer peer) {
        @Nullable UnitId unit = peer.unit().orElse(null);
        if (unit == null) {
            return List.of();
        }
        try {
            return hearing.shown(of(unit, MOST), Set.of(), peer.person().user(), peer.locale());
        } catch (RecordUnavailable e) {
            LOG.warn("{} is not told what it missed", peer.session(), e);
            return List.of();
        }
    }

    /// Newest first.
    public List<Burst> of(UnitId unit, int limit) throws RecordUnavailable {
        Instant since = clock.instant().minus(SINCE);
        return bursts.missed(unit, hearing.groupsOf(unit), since, Math.min(limit, MOST));
    }

    /// They were listened to, or are of no interest.
    public void markHeard(UnitId unit, Collection<BurstId> heard) throws RecordUnavailable {
        bursts.markHeard(unit, heard, clock.instant());
    }
}
