package org.maplebridge.signaling.scene.floor;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.trace.Joins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what the relay tells off its threads, and hands it on in order.
///
/// Made before the relay, which needs somebody to tell; begins to work when the rest stands.
///
/// Thread: [#on] any; everything else its own virtual thread.
public final class RelayInbox implements RelayEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayInbox.class);

    /// What is told of legs that are no session's of consoles and terminals.
    public interface LegReader {
        LegReader NONE = new LegReader() {};

        default void connected(LegId leg) {}

        default void lost(LegId leg, String cause) {}

        default void shown(RelayEvent.PictureShown shown) {}
    }

    /// @param legConnected hears whose media have arrived
    /// @param legLost hears which owner's leg is gone
    /// @param recorded hears which grant's sound is in its file
    /// @param recording hears what becomes of recordings of sources; must return at once
    /// @param joins hear all
    public record Readers(
            Legs legs,
            Conversations conversations,
            LegReader links,
            LegReader tables,
            Consumer<SessionId> legConnected,
            Consumer<SessionId> legLost,
            Consumer<RelayEvent.Recorded> recorded,
            Consumer<RelayEvent.OfRecording> recording,
            Joins joins) {}

    private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Supplier<Readers> readers;
    private final LongSupplier nanoClock;
    private volatile boolean closed;

    public RelayInbox(Supplier<Readers> readers, LongSupplier nanoClock) {
        this.readers = readers;
        this.nanoClock = nanoClock;
    }

    @Override
    public void on(RelayEvent event) {
        long at = nanoClock.getAsLong();
        waiting.add(() -> read(event, at));
    }

    public void start() {
        Thread.ofVirtual().name("relay-events").start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        waiting.add(() -> {});
    }

    private void run() {
        while (!closed) {
            try {
                waiting.take().run();
            } catch (RuntimeException e) {
                LOG.error("an event of the relay was not understood", e);
            } catch (InterruptedException e) {
                LOG.error("no events of the relay any more", e);
                return;
            }
        }
    }

    private void read(RelayEvent event, long atNanos) {
        var to = readers.get();
        to.joins().heard(event, atNanos);
        switch (event) {
            case RelayEvent.SourceActive(var source) -> to.conversations().mediaFrom(source);
            case RelayEvent.SourceStarted(_, var source) -> to.conversations().mediaFrom(source);
            case RelayEvent.FloorFinished(var channel, var epoch) ->
                    to.conversations().finished(channel, epoch);
            case RelayEvent.LegConnected(var leg, _) -> {
                to.legs().connected(leg);
                to.legs().ownerOf(leg).ifPresent(to.legConnected());
                to.links().connected(leg);
                to.tables().connected(leg);
            }
            case RelayEvent.LegLost(var leg, var cause) -> {
                to.legs().lost(leg, cause).ifPresent(to.legLost());
                to.links().lost(leg, cause);
                to.tables().lost(leg, cause);
            }
            case RelayEvent.Recorded recorded -> to.recorded().accept(recorded);
            case RelayEvent.OfRecording recording -> to.recording().accept(recording);
            case RelayEvent.LayersWanted(var leg, _, var rids) -> to.legs().wanted(leg, rids);
            case RelayEvent.PictureShown shown -> {
                to.legs().shown(shown);
                to.tables().shown(shown);
            }
            case RelayEvent.LegReached _,
                    RelayEvent.LegMoved _,
                    RelayEvent.SourceStalled _,
                    RelayEvent.SlotStarted _ -> {}
        }
    }
}
