package org.maplebridge.load.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.PictureTerminal;
import org.maplebridge.load.client.PictureTerminals;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.measure.Gaps;

/// An encoder (WHIP) or a player (WHEP) of one unit that knows all nodes and, when the one at hand
/// is lost, goes on at the next one by itself. A player whose unit is gone waits and asks for
/// nothing.
///
/// Thread: any; comes back on a thread of its own.
public final class PictureTraveller implements AutoCloseable {
    private static final long LOOK_NANOS = 10_000_000;
    private static final long TRY_AGAIN_NANOS = 50_000_000;
    private static final int BITS_PER_SECOND = 300_000;
    private static final int FRAMES_PER_SECOND = 15;

    /// What it does with the unit's picture.
    public enum Role {
        PUBLISHES("/whip/"),
        PLAYS("/whep/");

        private final String path;

        Role(String path) {
            this.path = path;
        }
    }

    /// @param location of the session, from the root on
    private record Place(NodeDoor door, String location, PictureTerminal terminal) {}

    private final Nodes nodes;
    private final int home;
    private final Role role;
    private final String unit;
    private final String token;
    private final PictureTerminals fleet;
    private final List<Long> shown = new ArrayList<>();
    private @Nullable Place place;
    private volatile int at;
    private volatile boolean closed;
    private volatile boolean homesick;
    private final Thread thread;

    /// @param home index of the node it is at first
    /// @param account who may do that
    public PictureTraveller(
            Nodes nodes, int home, Role role, String unit, String account, PictureTerminals fleet)
            throws IOException {
        this.nodes = nodes;
        this.home = home;
        this.role = role;
        this.unit = unit;
        this.fleet = fleet;
        at = home;
        try (var door = new NodeDoor(nodes.node(home).uri())) {
            token = door.signIn(account, nodes.password());
        }
        arrive(home);
        thread = Thread.startVirtualThread(this::stayConnected);
    }

    /// At which node.
    public int at() {
        return at;
    }

    /// What came at this node, in words.
    public String state() {
        @Nullable Place here = here();
        return here == null ? "away" : here.terminal().state();
    }

    public String unit() {
        return unit;
    }

    /// Goes back to the node where it was at first, which is up again.
    public void goHome() {
        homesick = true;
    }

    /// The longest time between two pictures that could be shown, in milliseconds.
    ///
    /// @param fromNanos since 1970, as the other
    public double longestGapMillis(long fromNanos, long untilNanos) {
        return Gaps.longestMillis(shown(), fromNanos, untilNanos);
    }

    private synchronized List<Long> shown() {
        if (place != null) {
            shown.addAll(place.terminal().takeShown());
        }
        return List.copyOf(shown);
    }

    private void stayConnected() {
        while (!closed) {
            if (homesick) {
                homesick = false;
                if (at != home) {
                    leave(true);
                    at = home;
                }
            }
            @Nullable Place here = here();
            if (here == null || here.terminal().isLost()) {
                leave(false);
                comeBack();
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        leave(true);
    }

    private synchronized @Nullable Place here() {
        return place;
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
                continue; // the next one, then
            }
        }
        LockSupport.parkNanos(TRY_AGAIN_NANOS);
    }

    private void arrive(int index) throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        var location = new String[1];
        PictureTerminals.Entry entry =
                offer -> {
                    var opened = door.openStream(role.path + unit, token, offer);
                    location[0] = opened.getKey();
                    return opened.getValue();
                };
        try {
            var terminal =
                    role == Role.PLAYS
                            ? fleet.play(entry)
                            : fleet.publish(
                                    entry,
                                    new VideoPattern(BITS_PER_SECOND, FRAMES_PER_SECOND, index));
            synchronized (this) {
                place = new Place(door, location[0], terminal);
            }
            at = index;
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /// @param politely whether the node is told
    private void leave(boolean politely) {
        @Nullable Place left;
        synchronized (this) {
            left = place;
            place = null;
        }
        if (left == null) {
            return;
        }
        try {
            if (politely) {
                left.door().closeStream(left.location(), token);
            }
        } catch (IOException e) {
            // it has gone by itself
        }
        synchronized (this) {
            shown.addAll(left.terminal().takeShown());
        }
        left.terminal().close();
        left.door().close();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
