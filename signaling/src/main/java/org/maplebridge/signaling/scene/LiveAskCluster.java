package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Outcome;

/// Asks units of other nodes for their picture, and brings the answer back to who asked.
///
/// Thread: any; letters are read in a mailbox.
public final class LiveAskCluster implements LiveAsks.Post, AutoCloseable {
    private final LiveAsks asks;
    private final DispatchBus bus;
    private final Mailbox mailbox = new Mailbox("live-asks");
    private final Subscription subscription;

    public LiveAskCluster(LiveAsks asks, DispatchBus bus) {
        this.asks = asks;
        this.bus = bus;
        subscription = bus.subscribe(Topic.LIVES, letter -> mailbox.post(() -> hear(letter)));
        asks.postBy(this);
    }

    @Override
    public void close() {
        subscription.close();
    }

    /// Thread: the asker's session; looks into the bus' registry.
    @Override
    public boolean forward(LiveAsks.Ask ask) {
        for (Connection there : bus.presence().ofUnit(ask.unit())) {
            if (!there.member().equals(bus.self()) && there.place().startsWith("terminal:")) {
                var fields = new HashMap<>(Map.of("asker", ask.asker().value()));
                fields.put("unit", ask.unit().value());
                fields.put("by", ask.by());
                fields.put("pull", String.valueOf(ask.pull()));
                send(there.member(), "ask", ask.id(), fields);
                return true;
            }
        }
        return false;
    }

    @Override
    public void answer(LiveAsks.Ask ask, Outcome outcome, @Nullable String reason) {
        mailbox.post(() -> {
            var fields = new HashMap<>(Map.of("asker", ask.asker().value()));
            fields.put("unit", ask.unit().value());
            fields.put("outcome", outcome.name());
            if (reason != null) {
                fields.put("reason", reason);
            }
            bus.publish(Topic.LIVES, new Envelope(bus.self(), "answered", ask.id(), fields));
        });
    }

    private void hear(Envelope letter) {
        var fields = letter.fields();
        if (letter.from().equals(bus.self()) || !fields.containsKey("asker")) {
            return;
        }
        var asker = new SessionId(fields.getOrDefault("asker", ""));
        var unit = new UnitId(fields.getOrDefault("unit", ""));
        switch (letter.kind()) {
            case "ask" -> {
                var ask =
                        new LiveAsks.Ask(
                                letter.subject(),
                                asker,
                                fields.getOrDefault("by", ""),
                                unit,
                                Boolean.parseBoolean(fields.get("pull")));
                if (!asks.askHere(ask)) {
                    answer(ask, Outcome.OFFLINE, null);
                }
            }
            case "answered" ->
                    asks.tellHere(
                            asker,
                            letter.subject(),
                            unit,
                            Outcome.valueOf(fields.getOrDefault("outcome", "")),
                            fields.get("reason"));
            default -> {}
        }
    }

    private void send(MemberId to, String kind, String subject, Map<String, String> fields) {
        bus.send(to, Topic.LIVES, new Envelope(bus.self(), kind, subject, fields));
    }
}
