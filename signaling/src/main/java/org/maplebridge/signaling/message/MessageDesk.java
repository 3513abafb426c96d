package org.maplebridge.signaling.message;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.maplebridge.dispatch.message.MessagePort;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.message.ResultText;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.MessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands waiting messages to the port, each by one node, again after a failure, and for good after
/// many. Every node does; one that dies with a message in its hands has it tried again elsewhere.
///
/// Thread: any; one round at a time.
public final class MessageDesk {
    private static final Logger LOG = LoggerFactory.getLogger(MessageDesk.class);
    private static final int AT_ONCE = 50;

    /// Longer than a gateway's answer takes.
    private static final long HELD_SECONDS = 60;

    private final MessageStore store;
    private final MessagePort port;
    private final Supplier<String> sender;
    private final Supplier<Optional<String>> base;
    private final InstantSource clock;

    /// @param sender who signs
    /// @param base address of the pages; nothing while that is not known, and then they wait
    public MessageDesk(
            MessageStore store,
            MessagePort port,
            Supplier<String> sender,
            Supplier<Optional<String>> base,
            InstantSource clock) {
        this.store = store;
        this.port = port;
        this.sender = sender;
        this.base = base;
        this.clock = clock;
    }

    public synchronized void round() {
        Optional<String> address = base.get();
        if (address.isEmpty()) {
            return;
        }
        try {
            for (var message : store.due(clock.instant(), AT_ONCE)) {
                if (store.claim(message, clock.instant().plusSeconds(HELD_SECONDS))) {
                    send(message, ResultText.of(message, sender.get(), address.get()));
                }
            }
        } catch (RecordUnavailable e) {
            LOG.debug("messages wait for the record", e);
        }
    }

    private void send(OutgoingMessage message, String text) throws RecordUnavailable {
        Instant now = clock.instant();
        try {
            port.send(message.id(), message.phone(), text);
            store.sent(message.id(), text, now);
        } catch (IOException e) {
            int attempts = message.attempts() + 1;
            boolean again = attempts < ResultText.MAX_ATTEMPTS;
            LOG.warn("message {} was not taken, attempt {}", message.id(), attempts, e);
            store.failed(
                    message.id(),
                    String.valueOf(e.getMessage()),
                    again ? now.plusSeconds(ResultText.pauseSeconds(attempts)) : null);
        }
    }
}
