package org.maplebridge.signaling.scene.ambient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what [AmbientBoard]s of different nodes say to each other over the bus. A letter that
/// cannot be read, is late or comes from a node that is gone is dropped.
///
/// Thread: any; letters are written and read in a mailbox, which also keeps their order.
public final class AmbientCluster implements AmbientPost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AmbientCluster.class);

    private static final long REPEAT_MILLIS = 5_000;

    private final AmbientBoard board;
    private final DispatchBus bus;
    private final Roster roster;
    private final Mailbox mailbox = new Mailbox("ambient");
    private final List<Subscription> subscriptions;

    public AmbientCluster(
            AmbientBoard board, DispatchBus bus, Roster roster, ScheduledExecutorService timer) {
        this.board = board;
        this.bus = bus;
        this.roster = roster;
        subscriptions =
                List.of(
                        bus.subscribe(Topic.AMBIENT, letter -> mailbox.post(() -> hear(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        board.postBy(this);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> mailbox.post(board::repeat),
                        REPEAT_MILLIS,
                        REPEAT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    @Override
    public Optional<MemberId> nodeOf(UnitId unit) {
        return bus.presence()
                .at("terminal:" + unit)
                .map(Connection::member)
                .filter(node -> !node.equals(bus.self()) && bus.members().contains(node));
    }

    @Override
    public void start(MemberId node, AmbientBoard.Ear ear) {
        post(
                node,
                "start",
                ear.id(),
                Map.of(
                        "unit", ear.unit().value(),
                        "by", RemotePeer.line(ear.listener(), bus.self()),
                        "picture", Boolean.toString(ear.picture())));
    }

    @Override
    public void stop(MemberId node, CallId id) {
        post(node, "stop", id, Map.of());
    }

    @Override
    public void still(MemberId node, CallId id) {
        post(node, "still", id, Map.of());
    }

    @Override
    public void state(
            MemberId node, CallId id, AmbientState state, boolean notice, @Nullable String why) {
        var fields = new HashMap<String, String>();
        fields.put("state", state.name());
        fields.put("notice", Boolean.toString(notice));
        if (why != null) {
            fields.put("reason", why);
        }
        post(node, "state", id, fields);
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var node) -> board.lost(node);
            case MembershipChange.Joined _, MembershipChange.Merged _ -> {}
        }
    }

    private void hear(Envelope letter) {
        var from = letter.from();
        boolean late = from.equals(bus.self()) || !bus.members().contains(from);
        if (!late && !(Ids.isValid(letter.subject()) && read(letter))) {
            LOG.warn("not understood: {}", letter);
        }
    }

    /// @return false when it says nothing that we know
    private boolean read(Envelope letter) {
        var from = letter.from();
        var id = new CallId(letter.subject());
        return switch (letter.kind()) {
            case "start" -> start(letter, id);
            case "stop" -> {
                board.stopFor(from, id);
                yield true;
            }
            case "still" -> {
                board.stillFor(from, id);
                yield true;
            }
            case "state" -> state(letter, id);
            default -> false;
        };
    }

    private boolean start(Envelope letter, CallId id) {
        var fields = letter.fields();
        var unit = fields.getOrDefault("unit", "");
        var listener =
                RemotePeer.read(fields.getOrDefault("by", ""), roster.organisation())
                        .filter(peer -> peer.member().equals(letter.from()));
        boolean readable = Ids.isValid(unit) && listener.isPresent();
        if (readable) {
            boolean picture = Boolean.parseBoolean(fields.get("picture"));
            board.startFor(listener.get(), id, new UnitId(unit), picture);
        }
        return readable;
    }

    private boolean state(Envelope letter, CallId id) {
        var fields = letter.fields();
        Optional<AmbientState> state = state(fields.getOrDefault("state", ""));
        state.ifPresent(now ->
                board.others()
                        .state(
                                letter.from(),
                                id,
                                now,
                                Boolean.parseBoolean(fields.get("notice")),
                                fields.get("reason")));
        return state.isPresent();
    }

    private static Optional<AmbientState> state(String word) {
        try {
            return Optional.of(AmbientState.valueOf(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void post(MemberId to, String kind, CallId id, Map<String, String> fields) {
        mailbox.post(() ->
                bus.send(to, Topic.AMBIENT, new Envelope(bus.self(), kind, id.value(), fields)));
    }
}
