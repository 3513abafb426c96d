package org.maplebridge.load.soak;

import java.util.ArrayList;
import java.util.List;

/// Whether a figure that was read again and again grows.
///
/// The slope is Theil's and Sen's: the median of the slopes between all pairs of readings, which a
/// few readings taken at a bad moment do not bend.
///
/// @param first the median of the first third
/// @param last the median of the last third
/// @param slope by which it grows from one reading to the next
record Flatness(double first, double last, double slope) {
    /// @throws IllegalArgumentException when there are fewer than three readings
    static Flatness of(List<Double> readings) {
        if (readings.size() < 3) {
            throw new IllegalArgumentException("three readings at least, not " + readings);
        }
        var slopes = new ArrayList<Double>();
        for (int i = 0; i < readings.size(); i++) {
            for (int j = i + 1; j < readings.size(); j++) {
                slopes.add((readings.get(j) - readings.get(i)) / (j - i));
            }
        }
        int third = readings.size() / 3;
        return new Flatness(
                median(readings.subList(0, third)),
                median(readings.subList(readings.size() - third, readings.size())),
                median(slopes));
    }

    /// Over as many further readings as there were rounds.
    double growth(int rounds) {
        return slope * rounds;
    }

    /// @param share of the first median by which it may have grown after so many rounds
    /// @param allowance beside it, for what is counted in ones
    boolean isFlat(int rounds, double share, double allowance) {
        return growth(rounds) <= first * share + allowance;
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
