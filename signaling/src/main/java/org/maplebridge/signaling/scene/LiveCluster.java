package org.maplebridge.signaling.scene;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.LiveSource;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Watcher;

/// Lets the boards of all nodes know who is live where and who looks. What is live stands in the
/// bus' directory, so that a node that comes later, or was cut off, reads it there.
///
/// Thread: its own mailbox; the board's calls return at once.
public final class LiveCluster implements LiveBoard.Announcer, AutoCloseable {
    private final LiveBoard board;
    private final DispatchBus bus;
    private final Mailbox mailbox = new Mailbox("live-cluster");
    private final List<Subscription> subscriptions;

    public LiveCluster(LiveBoard board, DispatchBus bus) {
        this.board = board;
        this.bus = bus;
        subscriptions =
                List.of(
                        bus.subscribe(Topic.LIVES, letter -> mailbox.post(() -> hear(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        board.announceTo(this);
        mailbox.post(this::readAll);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    @Override
    public void changed(UnitId unit, @Nullable Live live, SessionId publisher) {
        mailbox.post(() -> {
            if (live == null) {
                bus.sources().withdraw(unit, publisher.value());
            } else {
                bus.sources().announce(source(live));
            }
            publish("changed", unit, Map.of());
            if (live == null) {
                read(unit, bus.self()); // its terminal may be live on another node by now
            }
        });
    }

    @Override
    public void watched(UnitId unit, List<Watcher> watchers) {
        var lines =
                watchers.stream()
                        .map(watcher -> watcher.since() + " " + watcher.name())
                        .collect(Collectors.joining("\n"));
        mailbox.post(() -> publish("watched", unit, Map.of("watchers", lines)));
    }

    private void hear(Envelope letter) {
        if (letter.from().equals(bus.self())) {
            return;
        }
        switch (letter.kind()) {
            case "changed" -> read(new UnitId(letter.subject()), letter.from());
            case "watched" ->
                    board.watchedElsewhere(
                            new UnitId(letter.subject()), letter.from(), watchers(letter));
            default -> {} // what LiveAskCluster reads
        }
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var node) -> board.lost(node);
            case MembershipChange.Joined _ -> {}
            case MembershipChange.Merged _ -> {
                board.here().forEach(live -> bus.sources().announce(source(live)));
                board.here().forEach(live -> publish("changed", live.unit(), Map.of()));
                readAll();
            }
        }
    }

    private void readAll() {
        bus.sources().all().stream()
                .filter(source -> !source.member().equals(bus.self()))
                .forEach(this::show);
    }

    private void read(UnitId unit, MemberId from) {
        Optional<LiveSource> there = bus.sources().of(unit);
        there.filter(source -> !source.member().equals(bus.self())).ifPresent(this::show);
        if (there.filter(source -> source.member().equals(from)).isEmpty()) {
            board.endedElsewhere(unit, from, "stopped");
        }
    }

    private void show(LiveSource source) {
        live(source).ifPresent(live -> board.liveElsewhere(live, source.member()));
    }

    private LiveSource source(Live live) {
        var attributes = new HashMap<String, String>();
        attributes.put("camera", live.camera().name());
        attributes.put("muted", String.valueOf(live.muted()));
        @Nullable UserId by = live.by();
        if (by != null) {
            attributes.put("by", by.value());
        }
        @Nullable String pulledBy = live.pulledBy();
        if (pulledBy != null) {
            attributes.put("pulledBy", pulledBy);
        }
        return new LiveSource(
                live.unit(), live.publisher().value(), bus.self(), live.since(), attributes);
    }

    private static Optional<Live> live(LiveSource source) {
        var attributes = source.attributes();
        try {
            @Nullable String by = attributes.get("by");
            return Optional.of(
                    new Live(
                            source.unit(),
                            new SessionId(source.session()),
                            by == null ? null : new UserId(by),
                            source.since(),
                            Camera.valueOf(attributes.getOrDefault("camera", "")),
                            Boolean.parseBoolean(attributes.get("muted")),
                            attributes.get("pulledBy")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Watcher> watchers(Envelope letter) {
        return letter.fields()
                .getOrDefault("watchers", "")
                .lines()
                .map(LiveCluster::watcher)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Watcher> watcher(String line) {
        int space = line.indexOf(' ');
        try {
            return space < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Watcher(
                                    line.substring(space + 1),
                                    Instant.parse(line.substring(0, space))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void publish(String kind, UnitId unit, Map<String, String> fields) {
        bus.publish(Topic.LIVES, new Envelope(bus.self(), kind, unit.value(), fields));
    }
}
