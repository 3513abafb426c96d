package org.maplebridge.signaling.replay.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.Signer;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the journal's entries into sealed blocks, behind those who write them: nobody waits for it.
///
/// An entry goes into the next block once it is committed and in none. In which order transactions
/// commit does not matter then, and nobody has to know when a number can no longer come. All nodes
/// do so; of two that make a block of the same number one writes it, and the other looks again.
///
/// Thread: any, one at a time by `turn`; the figures may be read by any.
public final class JournalSealer {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSealer.class);

    /// With rounds every [#ROUND_SECONDS] an entry waits for a minute at most, and a quiet county
    /// gets a block a minute, whatever the number of nodes.
    static final Duration EVERY = Duration.ofSeconds(40);

    public static final int ROUND_SECONDS = 20;

    /// So far below the highest sealed number every round looks for entries of no block: more than
    /// all nodes write within the longest transaction.
    static final long LOOK_BACK = 10_000;

    /// Below that, rounds look bit by bit over and over, so that nothing stays without a block.
    static final long SWEPT_AT_ONCE = 20_000;

    /// No number comes so far above the highest sealed one by itself: the database hands them out
    /// in order, and after a crash some dozens further on. One that does was written by hand, and
    /// to follow it would leave all that comes after behind, where nobody looks at once.
    static final long FARTHEST = 1_000_000;

    /// What was there before anything was sealed is caught up with by so many blocks a round.
    static final int BLOCKS_A_ROUND = 40;

    /// Somebody waits for it.
    static final int BLOCKS_ON_DEMAND = 8;

    private final SealStore store;
    private final Signer signer;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();
    private long swept = Long.MIN_VALUE;
    private volatile long sealed;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable Instant strayedSince;

    public JournalSealer(SealStore store, Signer signer, InstantSource clock) {
        this.store = store;
        this.signer = signer;
        this.clock = clock;
    }

    /// Asked every [#ROUND_SECONDS]; a round that finds another one at work is left out.
    public void round() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            seal(BLOCKS_A_ROUND, false);
            sweep();
        } catch (RecordUnavailable e) {
            LOG.warn("the journal is sealed later: {}", e.getMessage());
        } finally {
            turn.unlock();
        }
    }

    /// Without waiting for the next round.
    ///
    /// @return whether everything is sealed that was committed before; false while there is more
    ///   than fits into some blocks, or another node was faster again and again
    public boolean sealNow() throws RecordUnavailable {
        turn.lock();
        try {
            return seal(BLOCKS_ON_DEMAND, true);
        } finally {
            turn.unlock();
        }
    }

    private boolean seal(int blocks, boolean now) throws RecordUnavailable {
        for (int block = 0; block < blocks; block++) {
            @Nullable SealedBlock head = store.head().orElse(null);
            long from = head == null ? Long.MIN_VALUE : head.through() - LOOK_BACK;
            long farthest = head == null ? Long.MAX_VALUE : farthest(head);
            var waiting = store.unsealed(from, farthest, SealedBlock.MOST);
            note(head, !waiting.isEmpty());
            if (waiting.isEmpty()) {
                return !strayed(farthest);
            }
            if (!now && !isDue(head, waiting)) {
                return false;
            }
            append(head, waiting);
        }
        return false;
    }

    private static long farthest(SealedBlock head) {
        return head.through() > Long.MAX_VALUE - FARTHEST
                ? Long.MAX_VALUE
                : head.through() + FARTHEST;
    }

    /// Whether there is an entry that is not followed.
    private boolean strayed(long farthest) throws RecordUnavailable {
        var strays = store.unsealed(farthest, Long.MAX_VALUE, 1);
        if (strays.isEmpty()) {
            strayedSince = null;
            return false;
        }
        if (strayedSince == null) {
            strayedSince = clock.instant();
            LOG.error(
                    "entry {} of the journal was written by hand: it stands far above all others"
                            + " and is not sealed",
                    strays.getFirst().sequence());
        }
        return true;
    }

    private void note(@Nullable SealedBlock head, boolean waits) {
        sealed = head == null ? 0 : head.total();
        if (!waits) {
            waitingSince = null;
        } else if (waitingSince == null) {
            waitingSince = clock.instant();
        }
    }

    /// By the clock of the node that sealed last, or by our own alone where that one is ahead.
    private boolean isDue(@Nullable SealedBlock head, List<WrittenEntry> waiting) {
        Instant limit = clock.instant().minus(EVERY);
        @Nullable Instant since = waitingSince;
        return waiting.size() == SealedBlock.MOST
                || head == null
                || !head.at().isAfter(limit)
                || (since != null && !since.isAfter(limit));
    }

    private void append(@Nullable SealedBlock head, List<WrittenEntry> entries)
            throws RecordUnavailable {
        var made = SealedBlock.next(head, entries, clock.instant(), signer);
        if (store.append(made)) {
            sealed = made.block().total();
            waitingSince = null;
        }
    }

    private void sweep() throws RecordUnavailable {
        @Nullable SealedBlock head = store.head().orElse(null);
        if (head == null) {
            return;
        }
        long end = head.through() - LOOK_BACK;
        long from = swept >= end ? Long.MIN_VALUE : swept;
        long until = Math.min(end, Math.max(from, 0) + SWEPT_AT_ONCE);
        var found = store.unsealed(from, until, SealedBlock.MOST);
        if (found.isEmpty()) {
            swept = until;
            return;
        }
        LOG.warn(
                "{} entries of the journal came long after their neighbours were sealed, from {}",
                found.size(),
                found.getFirst().sequence());
        append(head, found);
    }

    /// How many entries have a block, as this node saw it last.
    public long sealed() {
        return sealed;
    }

    /// For how long entries have been waiting for a block, or one has that gets none; 0 when none
    /// does.
    public long waitingSeconds() {
        return Math.max(secondsSince(waitingSince), secondsSince(strayedSince));
    }

    private long secondsSince(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
    }
}
