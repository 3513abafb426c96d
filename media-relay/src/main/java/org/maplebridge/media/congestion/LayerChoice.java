package org.maplebridge.media.congestion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which simulcast layer of each picture a downlink bears: the lowest of every picture before a
/// higher one of any, and the largest tile first.
///
/// Pure. Thread: any.
public final class LayerChoice {
    /// What web pages send in each of three layers, in bit/s, where it was not seen yet.
    private static final long[] USUAL = {150_000, 450_000, 1_700_000};

    /// Device pixels up to which a tile is shown the lowest, or the middle one.
    private static final int[] WIDTHS = {400, 800};

    private LayerChoice() {}

    /// One picture to choose for.
    ///
    /// @param bits what each layer has, the lowest first, in bit/s; negative of one that cannot be
    ///   had now
    /// @param most the highest that its tile is worth
    /// @param width of its tile; 0 when nobody said
    public record Picture(long[] bits, int most, int width) {}

    /// What to reckon a layer with of which nothing was seen.
    public static long usual(int layer) {
        return USUAL[Math.min(layer, USUAL.length - 1)];
    }

    /// The highest layer a tile of that width is worth.
    public static int mostFor(int width, int layers) {
        int most = 0;
        while (most < WIDTHS.length && (width == 0 || width > WIDTHS[most])) {
            most++;
        }
        return Math.min(most, layers - 1);
    }

    /// One layer for each picture, in their order.
    public static int[] choose(List<Picture> pictures, long budget) {
        int[] chosen = new int[pictures.size()];
        var order = new ArrayList<Integer>();
        long left = budget;
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = next(pictures.get(i), 0);
            left -= bits(pictures.get(i), chosen[i]);
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> -pictures.get(i).width));
        boolean climbed = true;
        while (climbed) {
            climbed = false;
            for (int i : order) {
                Picture picture = pictures.get(i);
                int higher = next(picture, chosen[i] + 1);
                long more = bits(picture, higher) - bits(picture, chosen[i]);
                if (higher > chosen[i] && higher <= worth(picture) && more <= left) {
                    left -= more;
                    chosen[i] = higher;
                    climbed = true;
                }
            }
        }
        return chosen;
    }

    /// What its tile is worth, or the next higher one where that is not sent: small cameras have no
    /// middle one.
    private static int worth(Picture picture) {
        return Math.max(picture.most, next(picture, picture.most));
    }

    /// The first that can be had from there on, else the lowest.
    private static int next(Picture picture, int from) {
        for (int layer = from; layer < picture.bits.length; layer++) {
            if (picture.bits[layer] >= 0) {
                return layer;
            }
        }
        return 0;
    }

    private static long bits(Picture picture, int layer) {
        return Math.max(0, picture.bits[layer]);
    }
}
