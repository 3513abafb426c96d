package org.maplebridge.signaling.scene;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every node of things in the record that changed. An envelope only names the thing; what is
/// told is read from the record.
///
/// Thread: one virtual thread tells, so that nobody hears an older state after a newer one.
public final class RecordNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordNews.class);
    private static final int ATTEMPTS = 30;
    private static final long RETRY_MILLIS = 1_000;

    /// Reads the thing again and tells the sessions of this node.
    @FunctionalInterface
    public interface Teller {
        void tell(String id) throws RecordUnavailable;
    }

    private final DispatchBus bus;
    private final Topic topic;
    private final String kind;
    private final Teller teller;
    private final LinkedBlockingQueue<Optional<String>> changed = new LinkedBlockingQueue<>();
    private final Subscription subscription;

    /// @param kind of the envelopes, a word of the topic
    public RecordNews(DispatchBus bus, Topic topic, String kind, Teller teller) {
        this.bus = bus;
        this.topic = topic;
        this.kind = kind;
        this.teller = teller;
        subscription = bus.subscribe(topic, this::hear);
        Thread.ofVirtual().name("news of " + kind).start(this::tellAll);
    }

    /// Asked after the record has it.
    public void publish(String id) {
        bus.publish(topic, new Envelope(bus.self(), kind, id, Map.of()));
    }

    @Override
    public void close() {
        subscription.close();
        changed.add(Optional.empty());
    }

    private void hear(Envelope envelope) {
        if (envelope.kind().equals(kind)) {
            changed.add(Optional.of(envelope.subject()));
        }
    }

    private void tellAll() {
        try {
            for (var id = changed.take(); id.isPresent(); id = changed.take()) {
                tell(id.get());
            }
        } catch (InterruptedException e) {
            LOG.error("no news of {} any more", kind, e);
        }
    }

    private void tell(String id) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                teller.tell(id);
                return;
            } catch (RecordUnavailable e) {
                LOG.warn("{} {} changed but cannot be read yet", kind, id, e);
                Thread.sleep(RETRY_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("{} {} changed but could not be told", kind, id, e);
                return;
            }
        }
    }
}
