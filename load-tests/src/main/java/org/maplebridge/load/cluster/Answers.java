package org.maplebridge.load.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What was answered to what was asked in a span of time, by whatever way.
///
/// Pure.
public final class Answers {
    /// @param verdict `ok` or why not
    public record Answer(String verdict, long askedNanos, long atNanos) {}

    private final List<Answer> all;

    private Answers(List<Answer> all) {
        this.all = List.copyOf(all);
    }

    public static Answers toOrders(List<Event.Answered> answers) {
        return new Answers(
                answers.stream()
                        .map(a -> new Answer(a.verdict(), a.askedNanos(), a.atNanos()))
                        .toList());
    }

    public static Answers toReaders(List<Event.Read> reads) {
        return new Answers(
                reads.stream()
                        .map(r -> new Answer(r.verdict(), r.askedNanos(), r.atNanos()))
                        .toList());
    }

    /// Asked within this time.
    public Answers within(long fromNanos, long untilNanos) {
        return new Answers(
                all.stream()
                        .filter(a -> a.askedNanos() >= fromNanos && a.askedNanos() < untilNanos)
                        .toList());
    }

    /// How many of each verdict.
    public Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        all.forEach(answer -> counts.merge(answer.verdict(), 1, Integer::sum));
        return counts;
    }

    /// How long each that was not `ok` was waited for, shortest first.
    public List<Double> refusedMillis() {
        var millis = new ArrayList<Double>();
        for (var answer : all) {
            if (!answer.verdict().equals("ok")) {
                millis.add((answer.atNanos() - answer.askedNanos()) / 1e6);
            }
        }
        return millis.stream().sorted().toList();
    }

    /// When the first `ok` was at hand after this time.
    public OptionalLong firstOkNanos(long afterNanos) {
        return all.stream()
                .filter(answer -> answer.verdict().equals("ok") && answer.atNanos() >= afterNanos)
                .mapToLong(Answer::atNanos)
                .min();
    }
}
