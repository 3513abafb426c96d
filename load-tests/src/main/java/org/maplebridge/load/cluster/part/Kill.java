package org.maplebridge.load.cluster.part;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What people noticed when a node was killed.
///
/// @param homes at which node each listener was
/// @param voice the longest silence of each listener, in milliseconds
/// @param scenes whose picture each viewer saw, and where both were
/// @param picture the longest time without a picture of each viewer, in milliseconds
/// @param afterwards what each viewer has got since it was where it was at the end
record Kill(
        int victim,
        List<Integer> homes,
        List<Double> voice,
        List<String> scenes,
        List<Double> picture,
        List<String> afterwards) {
    void tell(int round, Findings findings) {
        double there = worst(voice, i -> homes.get(i) == victim);
        double elsewhere = worst(voice, i -> homes.get(i) != victim);
        double dark = worst(picture, _ -> true);
        System.out.printf(
                Locale.ROOT,
                "kill %d, node %d: silent for %.0f ms at most there, %.0f ms elsewhere; without"
                        + " picture for %.0f ms at most%n",
                round,
                victim,
                there,
                elsewhere,
                dark);
        System.out.println("  " + pictures());
        findings.sample(
                Map.of(
                        "part",
                        "kill",
                        "what",
                        "kill node " + victim,
                        "there_ms",
                        there,
                        "elsewhere_ms",
                        elsewhere,
                        "dark_ms",
                        dark,
                        "pictures",
                        pictures()));
    }

    private String pictures() {
        return String.join(
                ", ",
                IntStream.range(0, picture.size())
                        .mapToObj(i ->
                                String.format(
                                        Locale.ROOT,
                                        "%s: %.0f (%s)",
                                        scenes.get(i),
                                        picture.get(i),
                                        afterwards.get(i)))
                        .toList());
    }

    private static double worst(List<Double> values, IntPredicate which) {
        return IntStream.range(0, values.size())
                .filter(which)
                .mapToDouble(values::get)
                .max()
                .orElse(0);
    }
}
