package org.maplebridge.media.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.relay.LoopMessage;
import org.maplebridge.media.relay.LoopRelay;
import org.maplebridge.media.wire.DatagramSender;
import org.maplebridge.media.wire.Datagrams;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries datagrams, time and commands into the legs of one event loop, and flushes what they
/// answer once per burst.
///
/// Thread: its event loop; [#submit] and [#deliver] any.
final class MediaLoop {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);

    /// Two or three receivers' share of a key frame; what is more goes out in further calls.
    private static final int BATCH_DATAGRAMS = 128;

    /// Whatever the legs wish: a wake-up costs as much as several packets.
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

    /// Handed-over datagrams that may wait; beyond, the sender of a flood loses its own.
    private static final int MAX_PARCELS = 4_096;

    private static final long STOP_MILLIS = 2_000;

    private final EventLoop executor;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LoopLateness lateness = new LoopLateness();
    private final byte[] scratch = new byte[Datagrams.MAX_LENGTH];
    private final Queue<Parcel> parcels = new ConcurrentLinkedQueue<>();
    private final AtomicInteger parcelCount = new AtomicInteger();
    private final AtomicBoolean parcelsAnnounced = new AtomicBoolean();
    private final OutboundBatch out = new OutboundBatch(BATCH_DATAGRAMS, this::send);
    private final LoopRelay relay;
    private DatagramSender sender = _ -> {};
    private boolean inBurst;
    private long burstNanos;
    private long tickAtNanos;
    private long bugs;
    private @Nullable Future<?> nextTick;

    /// What other loops hand over.
    sealed interface Parcel {
        record Message(LoopMessage message) implements Parcel {}

        /// @param data whole, the parcel's own
        @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
        record Datagram(PeerPath from, byte[] data) implements Parcel {}
    }

    /// Something done on the loop with its legs; what it writes is flushed afterwards.
    @FunctionalInterface
    interface Command {
        void run(LoopRelay relay, long nowNanos, OutboundBatch out);
    }

    /// @param relay makes the loop's legs; given the loop itself
    MediaLoop(EventLoop executor, Function<MediaLoop, LoopRelay> relay) {
        this.executor = executor;
        this.relay = relay.apply(this);
    }

    /// Begins to send and to tick.
    void start(DatagramSender sender) {
        executor.execute(() -> {
            this.sender = sender;
            schedule(System.nanoTime(), SHORTEST_PAUSE_NANOS);
        });
    }

    LoopRelay relay() {
        return relay;
    }

    LatencyHistogram latency() {
        return latency;
    }

    LoopLateness lateness() {
        return lateness;
    }

    void onDatagram(int localSocket, InetSocketAddress from, ByteBuf content) {
        if (!inBurst) {
            inBurst = true;
            burstNanos = System.nanoTime();
        }
        int length = content.readableBytes();
        if (length > Datagrams.MAX_LENGTH) {
            relay.counters().dropped(DropReason.OVERSIZED);
            return;
        }
        content.getBytes(content.readerIndex(), scratch, 0, length);
        relay.onDatagram(new PeerPath(localSocket, from), scratch, 0, length, burstNanos, out);
    }

    void onBurstEnd() {
        relay.onBurstEnd(burstNanos, out);
        out.flush();
        hastenTick(burstNanos);
        inBurst = false;
    }

    /// A send that failed: Netty tells it by a promise or here. Receiving never fails for good.
    void onTrouble(Throwable cause) {
        relay.counters().dropped(DropReason.SEND_REFUSED);
        LOG.debug("a media socket reports", cause);
    }

    /// Network bytes never throw, so this is an error of ours: what follows must go on all the
    /// same.
    void onBug(RuntimeException bug) {
        bugs++;
        if (Long.bitCount(bugs) == 1) { // the first, second, fourth, eighth…
            LOG.error("media loop met bug number {}", bugs, bug);
        }
    }

    void onRefused(int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            relay.counters().dropped(DropReason.SEND_REFUSED);
        }
    }

    /// Runs `command` soon, in order. Ignored once the loop is closed.
    void submit(Command command) {
        if (executor.isShuttingDown()) {
            return;
        }
        executor.execute(() -> {
            long now = System.nanoTime();
            try {
                command.run(relay, now, out);
            } catch (RuntimeException e) {
                onBug(e);
            }
            out.flush();
            hastenTick(now);
        });
    }

    /// Asks the loops and answers with the first answer that is not null.
    static <T> CompletableFuture<T> firstOf(
            List<MediaLoop> asked, BiFunction<LoopRelay, Long, @Nullable T> question) {
        var answer = new CompletableFuture<T>();
        var silent = new AtomicInteger(asked.size());
        if (asked.isEmpty()) {
            answer.completeExceptionally(new NoSuchElementException());
        }
        for (MediaLoop loop : asked) {
            loop.submit((relay, now, _) -> {
                T found = question.apply(relay, now);
                if (found != null) {
                    answer.complete(found);
                } else if (silent.decrementAndGet() == 0) {
                    answer.completeExceptionally(new NoSuchElementException());
                }
            });
        }
        return answer;
    }

    /// Says goodbye to all legs. What their handshakes' threads add goes out until [#stop].
    void closeAll() {
        submit((relay, now, batch) -> relay.closeAll(now, batch));
    }

    /// Sends nothing any more. Returns when that is certain.
    void stop() {
        executor.submit(() -> sender = _ -> {}).awaitUninterruptibly(STOP_MILLIS);
    }

    /// Takes something from another loop, in order.
    ///
    /// @return false when too much waits already; messages are always taken
    boolean deliver(Parcel parcel) {
        boolean droppable = parcel instanceof Parcel.Datagram;
        if (executor.isShuttingDown() || droppable && parcelCount.get() >= MAX_PARCELS) {
            return false;
        }
        parcelCount.incrementAndGet();
        parcels.add(parcel);
        if (parcelsAnnounced.compareAndSet(false, true)) {
            executor.execute(this::openParcels); // one wake-up, however many come meanwhile
        }
        return true;
    }

    private void openParcels() {
        parcelsAnnounced.set(false);
        inBurst = true;
        burstNanos = System.nanoTime();
        for (Parcel parcel = parcels.poll(); parcel != null; parcel = parcels.poll()) {
            parcelCount.decrementAndGet();
            try {
                open(parcel);
            } catch (RuntimeException e) {
                onBug(e);
            }
        }
        try {
            onBurstEnd();
        } catch (RuntimeException e) {
            onBug(e);
        }
    }

    private void open(Parcel parcel) {
        switch (parcel) {
            case Parcel.Message(LoopMessage message) -> relay.onMessage(message, burstNanos);
            case Parcel.Datagram(PeerPath from, byte[] data) ->
                    relay.onDatagram(from, data, 0, data.length, burstNanos, out);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        lateness.struck(now);
        long wanted = SHORTEST_PAUSE_NANOS;
        try {
            wanted = relay.tick(now, out);
        } catch (RuntimeException e) {
            onBug(e);
        }
        out.flush();
        schedule(now, Math.max(wanted, SHORTEST_PAUSE_NANOS));
    }

    private void hastenTick(long now) {
        long wanted = Math.max(relay.pauseNanos(), SHORTEST_PAUSE_NANOS);
        if (tickAtNanos - now > wanted) {
            schedule(now, wanted);
        }
    }

    private void schedule(long now, long delayNanos) {
        if (executor.isShuttingDown()) {
            return;
        }
        if (nextTick != null) {
            nextTick.cancel(false);
        }
        tickAtNanos = now + delayNanos;
        lateness.expect(tickAtNanos);
        nextTick = executor.schedule(this::tick, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void send(OutboundBatch batch) {
        sender.send(batch);
        if (inBurst) {
            latency.record(System.nanoTime() - burstNanos, batch.count());
        }
    }
}
