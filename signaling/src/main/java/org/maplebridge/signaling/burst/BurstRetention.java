package org.maplebridge.signaling.burst;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what was said after some days, unless it is of an incident that is held, sound first: a
/// row without sound is harmless, sound without a row would be heard by nobody and lie there for
/// ever.
///
/// Thread: any; one round at a time.
public final class BurstRetention {
    private static final Logger LOG = LoggerFactory.getLogger(BurstRetention.class);
    private static final int AT_ONCE = 500;

    /// Files of bursts that began before and are held, as the record calls them.
    @FunctionalInterface
    public interface Held {
        Set<String> before(Instant before) throws RecordUnavailable;
    }

    private final BurstStore bursts;
    private final Held held;
    private final VoiceFiles files;
    private final int keepDays;
    private final InstantSource clock;

    /// @param held which sounds stay
    public BurstRetention(
            BurstStore bursts, Held held, VoiceFiles files, int keepDays, InstantSource clock) {
        this.bursts = bursts;
        this.held = held;
        this.files = files;
        this.keepDays = keepDays;
        this.clock = clock;
    }

    /// Whole days of UTC, as the folders are.
    public synchronized void round() {
        var firstKept = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(keepDays);
        try {
            bursts.forgetMissed(clock.instant().minus(MissedBursts.SINCE));
            var before = firstKept.atStartOfDay(ZoneOffset.UTC).toInstant();
            int sounds = files.dropBefore(firstKept, held.before(before));
            int rows = 0;
            for (int dropped = AT_ONCE; dropped == AT_ONCE; rows += dropped) {
                dropped = bursts.dropBefore(before, AT_ONCE);
            }
            if (sounds + rows > 0) {
                LOG.info("forgot {} bursts and {} sounds before {}", rows, sounds, firstKept);
            }
        } catch (IOException e) {
            LOG.error("old sound cannot be deleted", e);
        } catch (RecordUnavailable e) {
            LOG.warn("old bursts are forgotten later", e);
        }
    }
}
