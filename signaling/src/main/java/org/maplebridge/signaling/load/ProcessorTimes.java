package org.maplebridge.signaling.load;

import java.util.Optional;
import java.util.StringTokenizer;

/// What the machine's processors did since it was started, in ticks: the first line of
/// `/proc/stat`, see proc(5).
///
/// @param total of all kinds
/// @param idle with what waits for a disk
/// @param stolen taken by other machines on the same hardware
public record ProcessorTimes(long total, long idle, long stolen) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    /// Times of guests are in the first two already.
    private static final int KINDS = 8;

    /// @return absent when this is no such line
    public static Optional<ProcessorTimes> parse(String line) {
        var words = new StringTokenizer(line);
        if (words.countTokens() <= KINDS || !words.nextToken().equals("cpu")) {
            return Optional.empty();
        }
        long[] ticks = new long[KINDS];
        long total = 0;
        try {
            for (int i = 0; i < KINDS; i++) {
                ticks[i] = Long.parseLong(words.nextToken());
                total += ticks[i];
            }
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return Optional.of(new ProcessorTimes(total, ticks[IDLE] + ticks[WAITING], ticks[STOLEN]));
    }

    /// Share of the time since then that somebody worked or stole, 0 to 1.
    double busySince(ProcessorTimes before) {
        return share(total - before.total - (idle - before.idle), before);
    }

    /// Share of the time since then that was stolen, 0 to 1.
    double stolenSince(ProcessorTimes before) {
        return share(stolen - before.stolen, before);
    }

    private double share(long ticks, ProcessorTimes before) {
        long passed = total - before.total;
        return passed <= 0 ? 0 : Math.clamp((double) ticks / passed, 0, 1);
    }
}
