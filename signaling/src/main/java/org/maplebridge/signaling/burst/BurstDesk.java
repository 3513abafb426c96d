package org.maplebridge.signaling.burst;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.Transcriber;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Bursts.Said;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech.SpokenOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes each burst into the record, then places the order it may be, then tells of it. While the
/// record does not answer, bursts wait up to a bound and are counted as lost beyond it; an order
/// does not wait so long.
///
/// Thread: one virtual thread does all this; [#put] may be called from any and never waits.
public final class BurstDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BurstDesk.class);
    private static final int MAX_WAITING = 10_000;
    private static final long IDLE_MILLIS = 200;
    private static final long GOODBYE_MILLIS = 2_000;

    /// Whoever hears nothing of an order for so long gives it again.
    static final Duration ORDER_PATIENCE = Duration.ofSeconds(10);

    /// Lets some time go by before the record is asked again.
    @FunctionalInterface
    public interface Pause {
        void take() throws InterruptedException;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws RecordUnavailable;
    }

    private static final class Waiting {
        final Said said;

        /// When the order is given up.
        final long placedByNanos;

        /// What is still to become an order; touched by the writer alone.
        @Nullable SpokenOrder asked;

        Waiting(Said said, long placedByNanos) {
            this.said = said;
            this.placedByNanos = placedByNanos;
            asked = said.speech().order();
        }

        Peer speaker() {
            return said.speech().talker();
        }
    }

    private final BurstStore bursts;
    private final SpokenOrders orders;
    private final Transcriber transcriber;
    private final VoiceFiles files;
    private final BurstTeller teller;
    private final LongSupplier nanoClock;
    private final Pause pause;
    private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder lost = new LongAdder();
    private final Thread writer;
    private volatile boolean closing;

    public BurstDesk(
            BurstStore bursts,
            SpokenOrders orders,
            Transcriber transcriber,
            VoiceFiles files,
            BurstTeller teller,
            LongSupplier nanoClock,
            Pause pause) {
        this.bursts = bursts;
        this.orders = orders;
        this.transcriber = transcriber;
        this.files = files;
        this.teller = teller;
        this.nanoClock = nanoClock;
        this.pause = pause;
        writer = Thread.ofVirtual().name("bursts").start(this::work);
    }

    public void put(Said said) {
        var one = new Waiting(said, nanoClock.getAsLong() + ORDER_PATIENCE.toNanos());
        if (!waiting.offer(one)) {
            lost.increment();
            @Nullable SpokenOrder asked = said.speech().order();
            if (asked != null) {
                said.speech().talker().send(unavailable(asked));
            }
        }
    }

    /// Bursts that are not in the record and never will be.
    public long lost() {
        return lost.sum();
    }

    /// Writes what is waiting, as far as the record answers.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (!closing || !waiting.isEmpty()) {
                @Nullable Waiting next = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    keepGuarded(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{} bursts are lost", waiting.size(), e);
        }
    }

    private void keepGuarded(Waiting next) throws InterruptedException {
        try {
            keep(next);
        } catch (RuntimeException e) {
            lost.increment();
            LOG.error("burst {} is lost", next.said.burst().id(), e);
        }
    }

    private void keep(Waiting next) throws InterruptedException {
        giveUpIfLate(next);
        var said = next.said;
        @Nullable SpokenOrder asked = next.asked;
        if (asked == null || !mayBePlaced(next, asked)) {
            if (isWritten(said.burst())) {
                teller.tell(said.burst(), said.speech());
            }
            return;
        }
        var burst = said.burst().with(asked.order());
        if (isWritten(burst)) {
            boolean placed = isPlaced(next, asked, burst);
            teller.tell(placed ? burst : burst.with(null), said.speech());
        }
    }

    private boolean isWritten(Burst burst) throws InterruptedException {
        var happening = BurstTeller.happening(burst, hash(burst));
        var missedBy = teller.missedBy(burst);
        boolean written =
                persistently(() -> bursts.add(burst, missedBy, happening), Long.MAX_VALUE)
                        .isPresent();
        if (!written) {
            lost.increment();
            LOG.error("burst {} is lost", burst.id());
        }
        return written;
    }

    /// Of its sound, which is closed by now.
    private @Nullable String hash(Burst burst) {
        Burst.@Nullable Audio audio = burst.audio();
        try {
            return audio == null ? null : files.hash(audio.file()).orElse(null);
        } catch (IOException e) {
            LOG.warn("the sound of burst {} cannot be read: it has no hash", burst.id(), e);
            return null;
        }
    }

    private boolean mayBePlaced(Waiting next, SpokenOrder asked) throws InterruptedException {
        var burst = next.said.burst();
        if (!burst.canBeOrder()) {
            next.speaker().send(asked.nothingSaid());
            return false;
        }
        return isDone(next, asked, () -> orders.refusal(next.speaker(), asked, burst));
    }

    private boolean isPlaced(Waiting next, SpokenOrder asked, Burst burst)
            throws InterruptedException {
        var text = SpokenText.of(burst.durationMillis(), words(burst), next.speaker().locale());
        return isDone(next, asked, () -> orders.place(next.speaker(), asked, burst, text));
    }

    /// Tells the speaker when it is not.
    private boolean isDone(Waiting next, SpokenOrder asked, Question<Optional<Refused>> step)
            throws InterruptedException {
        Optional<Optional<Refused>> answer = persistently(step, next.placedByNanos);
        Optional<Refused> refused = answer.orElseGet(() -> Optional.of(unavailable(asked)));
        refused.ifPresent(next.speaker()::send);
        return refused.isEmpty();
    }

    /// An order that waits behind others for the record is not kept for later either.
    private void giveUpIfLate(Waiting next) {
        @Nullable SpokenOrder asked = next.asked;
        if (asked != null && nanoClock.getAsLong() - next.placedByNanos >= 0) {
            next.asked = null;
            next.speaker().send(unavailable(asked));
        }
    }

    private static Refused unavailable(SpokenOrder asked) {
        return asked.refused(RefusalCode.RECORD_UNAVAILABLE, "The database does not answer.");
    }

    /// Asks the record again and again.
    ///
    /// @param untilNanos when that has no use any more
    /// @return nothing when it did not answer
    private <T> Optional<T> persistently(Question<T> question, long untilNanos)
            throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                return Optional.of(question.ask());
            } catch (RecordUnavailable e) {
                boolean late =
                        untilNanos != Long.MAX_VALUE && nanoClock.getAsLong() - untilNanos >= 0;
                if (late || closing) {
                    return Optional.empty();
                }
                if (!told) {
                    LOG.warn("the record does not answer; {} bursts wait", waiting.size() + 1, e);
                    told = true;
                }
                pause.take();
                waiting.forEach(this::giveUpIfLate);
            }
        }
    }

    private Optional<String> words(Burst burst) {
        Burst.@Nullable Audio audio = burst.audio();
        if (audio == null) {
            return Optional.empty();
        }
        try {
            return files.find(audio.file()).flatMap(sound -> transcriber.words(burst.id(), sound));
        } catch (RuntimeException e) {
            LOG.warn("burst {} is not written down", burst.id(), e);
            return Optional.empty();
        }
    }
}
