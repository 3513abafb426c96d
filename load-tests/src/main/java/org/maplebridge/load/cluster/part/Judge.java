package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.maplebridge.load.cluster.Event.Talked;
import org.maplebridge.load.cluster.Ledger;
import org.maplebridge.load.county.NodeDoor;

/// Compares what clients saw with what the nodes say in the end, and writes down what differs.
///
/// Thread: the bench's.
final class Judge {
    private static final int SHOWN = 5;
    private static final long NANOS = 1_000_000_000L;

    private static final String EVERYTHING_SEEN_BY = "city";

    private final Stage stage;
    private final String key;
    private final Findings findings;

    /// @param key what all figures of the part begin with; may be empty
    Judge(Stage stage, String key, Findings findings) {
        this.stage = stage;
        this.key = key;
        this.findings = findings;
    }

    /// Orders: what was acknowledged against the record.
    void orders(int leastAcknowledged) throws IOException {
        var history = stage.history();
        Set<String> there = new HashSet<>();
        try (var door = new NodeDoor(stage.nodes().node(0).uri())) {
            there.addAll(door.orders(door.signIn("xinhe", stage.nodes().password())));
        }
        var lost = history.lost(there);
        var doubled = history.doubled();
        var unseen = history.unseen();
        findings.figure(key + "orders", history.orders());
        findings.figure(key + "orders_lost", lost.size());
        findings.figure(key + "orders_doubled", doubled.size());
        findings.figure(key + "orders_unseen", unseen.size());
        show("lost: ", lost);
        show("", doubled);
        show("never shown: ", unseen);
        if (history.orders() < leastAcknowledged) {
            findings.fault(key + "orders: only " + history.orders() + " were acknowledged");
        }
    }

    /// Talks that the record does not know, of those that began in this time.
    List<Talked> missing(Set<String> groups, long fromNanos, long untilNanos) throws IOException {
        var said =
                stage.history().talks().stream()
                        .filter(talk -> talk.grantedNanos() >= fromNanos)
                        .filter(talk -> talk.grantedNanos() < untilNanos)
                        .toList();
        return Ledger.missing(said, record(groups, fromNanos - NANOS, untilNanos + NANOS));
    }

    private List<Ledger.Entry> record(Set<String> groups, long fromNanos, long untilNanos)
            throws IOException {
        var entries = new ArrayList<Ledger.Entry>();
        try (var door = new NodeDoor(stage.nodes().node(0).uri())) {
            var token = door.signIn(EVERYTHING_SEEN_BY, stage.nodes().password());
            for (var group : groups) {
                for (var burst : door.bursts(token, group, at(fromNanos), at(untilNanos))) {
                    long begun = burst.at().getEpochSecond() * NANOS + burst.at().getNano();
                    entries.add(new Ledger.Entry(burst.id(), burst.talker(), group, begun));
                }
            }
        }
        return entries;
    }

    private static Instant at(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }

    /// The ledger of everything that was said until now; talks of the last moment may still be on
    /// their way into it.
    void bursts(Set<String> groups) throws IOException {
        var talks = stage.history().talks();
        if (talks.isEmpty()) {
            findings.fault(key + "bursts: nobody spoke");
            return;
        }
        long from = talks.stream().mapToLong(Talked::grantedNanos).min().orElseThrow();
        long until = talks.stream().mapToLong(Talked::endedNanos).max().orElseThrow() + NANOS;
        var missing = missing(groups, from, until);
        findings.figure(key + "bursts", talks.stream().filter(Talked::whole).count());
        findings.figure(key + "bursts_missing", missing.size());
        findings.figure(
                key + "bursts_doubled", Ledger.doubled(record(groups, from - NANOS, until)));
        show("not in the record: ", missing);
    }

    void talkers() {
        findings.figure(key + "two_talkers_heard", stage.history().overlaps().size());
        show("", stage.history().wrong());
    }

    /// What nodes call their own fault.
    void errors() throws IOException {
        for (int i = 0; i < Stage.NODES; i++) {
            for (var line : stage.nodes().node(i).errors().stream().limit(SHOWN).toList()) {
                findings.fault("node " + i + " says: " + line);
            }
        }
        if (!stage.isWhole()) {
            findings.fault(
                    "the nodes had no namespaces or no PostgreSQL: they shared loopback or H2");
        }
    }

    private static void show(String what, List<?> all) {
        all.stream().limit(SHOWN).forEach(one -> System.out.println("  " + what + one));
    }
}
