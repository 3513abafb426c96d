package org.maplebridge.load.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.maplebridge.load.cluster.Event.Talked;

/// Compares what was said with what the record says was said.
///
/// Pure.
public final class Ledger {
    /// The record's beginning of a talk and the talker's own are no further apart.
    private static final long APART_NANOS = 1_000_000_000L;

    /// A talk as the record has it.
    ///
    /// @param who account of the talker
    /// @param atNanos since 1970
    public record Entry(String id, String who, String group, long atNanos) {}

    private Ledger() {}

    /// Said to its end and not in the record. An entry stands for one talk only.
    public static List<Talked> missing(List<Talked> said, List<Entry> record) {
        var free = new ArrayList<>(record);
        var missing = new ArrayList<Talked>();
        said.stream()
                .filter(Talked::whole)
                .sorted(Comparator.comparingLong(Talked::grantedNanos))
                .forEach(talk ->
                        nearest(talk, free).ifPresentOrElse(free::remove, () -> missing.add(talk)));
        return missing;
    }

    /// Entries of one talker in one group that began at the same moment: written twice.
    public static int doubled(List<Entry> record) {
        var keys = record.stream().map(e -> e.who() + " " + e.group() + " " + e.atNanos());
        return record.size() - (int) keys.distinct().count();
    }

    private static Optional<Entry> nearest(Talked talk, List<Entry> free) {
        return free.stream()
                .filter(entry -> entry.who().equals(talk.who()))
                .filter(entry -> entry.group().equals(talk.group()))
                .filter(entry -> apart(talk, entry) < APART_NANOS)
                .min(Comparator.comparingLong(entry -> apart(talk, entry)));
    }

    private static long apart(Talked talk, Entry entry) {
        return Math.abs(talk.grantedNanos() - entry.atNanos());
    }
}
