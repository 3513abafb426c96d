package org.maplebridge.signaling.scene.node;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.NodeCard;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.NodesChanged;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerState;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Peers;

/// Puts up this node's card, and tells everybody here which nodes there are when that changes.
///
/// Thread: any; changes are worked off in its own mailbox.
public final class NodeBoard implements AutoCloseable {
    private final DispatchBus bus;
    private final Peers peers;
    private final DoubleSupplier measure;
    private final Mailbox mailbox = new Mailbox("nodes");
    private final List<Subscription> subscriptions;
    private Load load = Load.NONE;
    private NodeCard.State state = NodeCard.State.UP;
    private @Nullable String url;
    private volatile List<ServerNode> known = List.of();
    private volatile Set<String> addresses = Set.of();

    /// @param measure how busy this node is now, 0 to 1
    public NodeBoard(DispatchBus bus, Peers peers, DoubleSupplier measure) {
        this.bus = bus;
        this.peers = peers;
        this.measure = measure;
        subscriptions =
                List.of(
                        bus.subscribe(Topic.NODES, _ -> mailbox.post(this::read)),
                        bus.onMembershipChange(_ -> mailbox.post(this::read)));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /// The doors are open.
    ///
    /// @param address under which people reach this node
    public void open(String address) {
        mailbox.post(() -> {
            url = address;
            putUp();
            tellOthers();
        });
    }

    /// Asked every five seconds: measures, and keeps the lease.
    public void round() {
        mailbox.post(() -> {
            double before = load.told();
            load = load.with(measure.getAsDouble());
            putUp();
            if (load.told() != before) {
                tellOthers();
            }
            read();
        });
    }

    public void drains(boolean on) {
        mailbox.post(() -> {
            state = on ? NodeCard.State.DRAINING : NodeCard.State.UP;
            putUp();
            tellOthers();
        });
    }

    /// All nodes that are there, this one included, as people are told.
    public List<ServerNode> shown() {
        return known;
    }

    /// Where somebody who has to leave this node may go.
    public List<ServerNode> others() {
        return known.stream()
                .filter(node -> !node.name().equals(bus.self().value()))
                .filter(node -> node.state() == ServerState.UP)
                .toList();
    }

    /// Whether a page of this origin (RFC 6454) is one of ours, from whichever node it came.
    public boolean isOurs(String origin) {
        return addresses.contains(origin);
    }

    /// The addresses of the other nodes, for pages of this one.
    public List<String> addressesElsewhere() {
        Optional<String> own = ownAddress();
        return addresses.stream()
                .filter(address -> own.filter(address::equals).isEmpty())
                .sorted()
                .toList();
    }

    /// Under which people reach this node; nothing before its doors are open.
    public Optional<String> ownAddress() {
        return known.stream()
                .filter(node -> node.name().equals(bus.self().value()))
                .map(ServerNode::url)
                .findFirst();
    }

    private void putUp() {
        @Nullable String address = url;
        if (address != null) {
            bus.nodes().announce(new NodeCard(bus.self(), address, state, load.told()));
        }
    }

    private void tellOthers() {
        bus.publish(Topic.NODES, new Envelope(bus.self(), "changed", bus.self().value(), Map.of()));
    }

    private void read() {
        addresses = bus.nodes().addresses();
        var now =
                bus.nodes().present().stream()
                        .map(NodeBoard::shown)
                        .sorted(Comparator.comparing(ServerNode::name))
                        .toList();
        if (now.equals(known)) {
            return;
        }
        known = now;
        var news = new NodesChanged(now);
        peers.all().forEach(peer -> peer.send(news));
    }

    private static ServerNode shown(NodeCard card) {
        return new ServerNode(
                card.member().value(),
                card.url(),
                card.state() == NodeCard.State.UP ? ServerState.UP : ServerState.DRAINING,
                card.load());
    }
}
