package org.maplebridge.load.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.load.measure.Gaps;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.SessionMove;

/// Somebody who knows all nodes and, when the one at hand is lost, goes on at the next one by
/// itself. Notes when voice was heard.
///
/// Thread: any; comes back and listens on threads of its own.
public final class Traveller implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOOKS_A_PING = 500;
    private static final long LISTEN_MILLIS = 200;
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// One second after the new peer connection is up the new node has the former session ended;
    /// who speaks says their words to the end there.
    private static final long OVERLAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private record Place(NodeDoor door, Handheld handheld) {}

    private final Nodes nodes;
    private final int home;
    private final String account;
    private final String token;
    private final Device device;
    private final VoiceTerminals fleet;
    private final Signalling.Ear ear;
    private final List<Long> arrivals = new ArrayList<>();
    private final List<VoiceTerminal.Heard> heard = new CopyOnWriteArrayList<>();
    private final ReentrantLock moving = new ReentrantLock();
    private volatile @Nullable Place place;

    /// Where it still hears what the new place may not have yet.
    private volatile @Nullable Place before;

    private volatile int at;
    private volatile boolean closed;

    /// @param home index of the node it is at first
    /// @param ear hears everything, wherever it is
    public Traveller(
            Nodes nodes,
            int home,
            String account,
            Device device,
            VoiceTerminals fleet,
            Signalling.Ear ear)
            throws IOException {
        this.nodes = nodes;
        this.home = home;
        this.account = account;
        this.device = device;
        this.fleet = fleet;
        this.ear = ear;
        at = home;
        try (var door = new NodeDoor(nodes.node(home).uri())) {
            token = door.signIn(account, nodes.password());
        }
        arrive(home);
        Thread.startVirtualThread(this::stayConnected);
    }

    public String account() {
        return account;
    }

    /// At which node.
    public int at() {
        return at;
    }

    /// Present while it is connected, as far as it knows.
    public Optional<Handheld> now() {
        @Nullable Place here = place;
        return here != null && isGood(here) ? Optional.of(here.handheld()) : Optional.empty();
    }

    private static boolean isGood(Place here) {
        return here.handheld().signalling().isOpen() && !here.handheld().isMediaLost();
    }

    /// Whether it is elsewhere than at first.
    public boolean isAway() {
        return at != home;
    }

    /// Goes back to the node where it was at first, which is up again.
    public void goHome() {
        Thread.startVirtualThread(() -> moveTo(home));
    }

    /// The longest time between two moments in which voice was heard nothing, in milliseconds.
    public double longestGapMillis(long fromNanos, long untilNanos) {
        return Gaps.longestMillis(arrivals(), fromNanos, untilNanos);
    }

    private List<Long> arrivals() {
        synchronized (arrivals) {
            return arrivals.stream().sorted().toList();
        }
    }

    /// What was heard of each talk, on whichever node, until now; each once.
    public List<VoiceTerminal.Heard> takeHeard() {
        Stream.of(Optional.ofNullable(before), Optional.ofNullable(place))
                .flatMap(Optional::stream)
                .forEach(this::takeHeard);
        var all = List.copyOf(heard);
        heard.removeAll(all);
        return all;
    }

    private void takeHeard(Place there) {
        there.handheld().media().ifPresent(media -> heard.addAll(media.takeHeard()));
    }

    private void stayConnected() {
        for (long looks = 1; !closed; looks++) {
            @Nullable Place here = place;
            if (here == null || !isGood(here)) {
                moving.lock();
                try {
                    leave();
                    comeBack();
                } finally {
                    moving.unlock();
                }
            } else {
                if (looks % LOOKS_A_PING == 0) {
                    here.handheld().signalling().ping();
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void comeBack() {
        for (int i = 0; i < nodes.count() && !closed; i++) {
            int next = (at + i) % nodes.count();
            try {
                if (nodes.isRunning(next)) {
                    arrive(next);
                    return;
                }
            } catch (IOException | IllegalStateException e) {
                leave(); // the next one, then
            }
        }
        LockSupport.parkNanos(TRY_AGAIN_NANOS);
    }

    private void arrive(int index) throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        try {
            var handheld = Handheld.arrive(door, account, token, device, this::hear);
            var there = new Place(door, handheld);
            place = there;
            handheld.openMedia(fleet);
            at = index;
            Thread.startVirtualThread(() -> listen(there));
        } catch (IOException e) {
            if (place == null) {
                door.close();
            }
            throw e;
        }
    }

    private void hear(ServerMessage message, long atNanos) {
        ear.heard(message, atNanos);
        if (message instanceof SessionMove move) {
            Thread.startVirtualThread(() -> goTo(move));
        }
    }

    /// The node at hand wants to be left for one of those.
    private void goTo(SessionMove move) {
        var urls = move.nodes().stream().map(ServerNode::url).toList();
        if (isAt(at, urls)) {
            return; // it was asked more than once
        }
        for (int i = 0; i < nodes.count(); i++) {
            if (isAt(i, urls) && moveTo(i)) {
                return;
            }
        }
    }

    private boolean isAt(int index, List<String> urls) {
        return nodes.isRunning(index)
                && urls.stream()
                        .anyMatch(
                                url -> url.endsWith("//" + nodes.node(index).uri().getAuthority()));
    }

    /// Leaves nothing before it hears there.
    private boolean moveTo(int index) {
        @Nullable Place left;
        moving.lock();
        try {
            left = place;
            if (closed || at == index || left == null || !isGood(left)) {
                return at == index;
            }
            var there = enter(index, left.handheld());
            before = left;
            place = there;
            at = index;
            Thread.startVirtualThread(() -> listen(there));
        } catch (IOException | IllegalStateException e) {
            return false;
        } finally {
            moving.unlock();
        }
        LockSupport.parkNanos(OVERLAP_NANOS);
        long deadline = System.nanoTime() + LAST_WORDS_NANOS;
        while (!left.handheld().isReleased() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        before = null;
        end(left);
        return true;
    }

    private Place enter(int index, Handheld from) throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        try {
            var handheld = from.moveTo(door, this::hear);
            var there = new Place(door, handheld);
            handheld.openMedia(fleet);
            return there;
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    private void leave() {
        @Nullable Place left = place;
        place = null;
        if (left != null) {
            end(left);
        }
    }

    private void end(Place left) {
        takeHeard(left);
        left.handheld().close();
        left.door().close();
    }

    private void listen(Place there) {
        var media = there.handheld().media().orElseThrow();
        while (!closed && (there.equals(place) || there.equals(before))) {
            try {
                media.nextArrival().get(LISTEN_MILLIS, TimeUnit.MILLISECONDS);
                synchronized (arrivals) {
                    arrivals.add(System.nanoTime());
                }
                LockSupport.parkNanos(LOOK_NANOS);
            } catch (TimeoutException | ExecutionException e) {
                LockSupport.parkNanos(1); // nobody speaks
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        @Nullable Place still = before;
        leave();
        if (still != null) {
            end(still);
        }
    }
}
