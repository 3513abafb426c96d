package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.cluster.OrderStream;
import org.maplebridge.load.cluster.Rotation;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// The people of a part. In each of four work stations' groups one talker and one listener at each
/// node; and whoever orders and is ordered.
///
/// Thread: the bench's.
final class Crowd {
    private static final Signalling.Ear DEAF = (_, _) -> {};
    private static final int MEMBERS = 2 * Stage.NODES;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Stage stage;
    private final long seed;
    private final List<Traveller> everybody = new ArrayList<>();
    private final List<Traveller> listeners = new ArrayList<>();
    private final Map<String, List<Traveller>> talkers = new TreeMap<>();
    private final List<Rotation> rotations = new ArrayList<>();
    private final List<OrderStream> orders = new ArrayList<>();

    private Crowd(Stage stage, long seed) {
        this.stage = stage;
        this.seed = seed;
    }

    static Crowd gather(Stage stage, long seed) throws IOException {
        var crowd = new Crowd(stage, seed);
        for (int g = 0; g < Stage.GROUPS; g++) {
            crowd.gatherGroup(g);
        }
        return crowd;
    }

    private void gatherGroup(int index) throws IOException {
        var speaking = new ArrayList<Traveller>();
        for (int m = 0; m < MEMBERS; m++) {
            var account = String.format(Locale.ROOT, "handheld-%04d", index * 10 + m + 1);
            var one = join(account, m % Stage.NODES, Device.TERMINAL, DEAF);
            (m < Stage.NODES ? speaking : listeners).add(one);
        }
        talkers.put(stationOf(speaking.getFirst()), speaking);
    }

    private Traveller join(String account, int node, Device device, Signalling.Ear ear)
            throws IOException {
        var one = new Traveller(stage.nodes(), node, account, device, stage.fleet(), ear);
        stage.add(one);
        everybody.add(one);
        return one;
    }

    /// Talkers at all of these nodes take turns, in each group; whoever is elsewhere is silent.
    void talk(Set<Integer> nodes) {
        talkers.forEach((group, all) -> {
            var some = all.stream().filter(one -> nodes.contains(one.at())).toList();
            var rotation = new Rotation(group, some, stage.history(), seed + rotations.size());
            rotations.add(rotation);
            stage.add(rotation);
        });
    }

    /// A dispatcher of this node orders a car of another one, on and on.
    void order(int node, String car, int carNode) throws IOException {
        var unused = order(node, DEAF, car, carNode);
    }

    /// Who orders and who is ordered.
    record Ordering(Traveller room, Traveller car) {}

    /// @param room hears what the dispatcher is told
    Ordering order(int node, Signalling.Ear room, String car, int carNode) throws IOException {
        var stream = new OrderStream(stage.history(), car);
        var self = new AtomicReference<@Nullable Traveller>();
        var ear = stream.car(() -> Objects.requireNonNull(self.get()));
        var there = join(car, carNode, Device.TERMINAL, ear);
        self.set(there);
        var dispatcher = join("xinhe", node, Device.CONSOLE, room);
        stream.start(dispatcher);
        stage.add(stream);
        orders.add(stream);
        return new Ordering(dispatcher, there);
    }

    /// Nobody orders or talks any more; what was said last gets time to come into the record.
    void fallSilent() throws IOException {
        for (var stream : orders) {
            stream.close();
        }
        for (var rotation : rotations) {
            rotation.close();
        }
        LockSupport.parkNanos(SETTLE_NANOS);
        tellWhatWasHeard();
    }

    /// What they heard goes into the history.
    void tellWhatWasHeard() {
        listeners.forEach(one -> stage.history().heard(one.account(), one.takeHeard()));
    }

    List<Traveller> everybody() {
        return everybody;
    }

    List<Traveller> listeners() {
        return listeners;
    }

    List<Rotation> rotations() {
        return rotations;
    }

    /// Ids of the groups that are talked in.
    Set<String> groups() {
        return talkers.keySet();
    }

    /// At which node each listener is.
    Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        listeners.forEach(one -> places.put(one.account(), one.at()));
        return places;
    }

    /// The longest silence of each listener in this time of `System.nanoTime`.
    List<Double> silences(long fromNanos, long untilNanos) {
        return listeners.stream().map(one -> one.longestGapMillis(fromNanos, untilNanos)).toList();
    }

    private static String stationOf(Traveller one) {
        return one.now().orElseThrow().groups().values().stream()
                .filter(Group::affiliated)
                .filter(group -> group.kind().equals("station"))
                .map(Group::id)
                .findFirst()
                .orElseThrow();
    }
}
