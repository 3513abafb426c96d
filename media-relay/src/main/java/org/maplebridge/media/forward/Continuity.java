package org.maplebridge.media.forward;

import java.util.Arrays;

/// Makes one continuous run of numbers out of whatever feeds a stream one after the other.
///
/// Every stretch of input shares one distance between input and output numbers. A packet that comes
/// late is numbered by the stretch it belongs to, so that it lands in the hole it left; one from
/// before its stretch is refused. Timestamps never step back at a change: the first of a stretch
/// follows the last of the one before by the time that passed, at least by one packet's worth.
///
/// Thread: its media loop.
final class Continuity {
    /// Answer for packets no stretch covers.
    static final int NONE = -1;

    private static final long OPEN_END = Long.MAX_VALUE;

    /// Opus' usual packet, less than a picture.
    private static final long ONE_PACKET_NANOS = 20_000_000L;

    private final int clockRate;
    private final long[] first;
    private final long[] end;
    private final long[] shift;
    private final int[] inputTime;
    private final int[] outputTime;
    private final int[] divisor;
    private int count;

    private long lastSeq;
    private int lastTimestamp;
    private long lastNanos;
    private boolean anyPassed;

    /// @param stretches how many are remembered: every packet left out begins one
    /// @param firstSeq number of the very first packet out
    Continuity(int stretches, int clockRate, long firstSeq, int firstTimestamp) {
        this.clockRate = clockRate;
        this.first = new long[stretches];
        this.end = new long[stretches];
        this.shift = new long[stretches];
        this.inputTime = new int[stretches];
        this.outputTime = new int[stretches];
        this.divisor = new int[stretches];
        this.lastSeq = firstSeq - 1;
        this.lastTimestamp = firstTimestamp;
    }

    /// Lets input `seq` follow right after the last packet that passed. Earlier stretches are
    /// forgotten: they may have been another stream's.
    ///
    /// @param timeDivisor how much faster than real time the stretch is going to be played out
    void begin(long seq, int timestamp, int timeDivisor, long nowNanos) {
        count = 0;
        push(seq, lastSeq + 1 - seq, timestamp, nextTimestamp(nowNanos), timeDivisor);
    }

    /// When a stretch whose first packet belongs to `nowNanos` begins: one packet after the last at
    /// the earliest.
    long beginningAt(long nowNanos) {
        return anyPassed ? Math.max(nowNanos, lastNanos + ONE_PACKET_NANOS) : nowNanos;
    }

    /// Same numbers as before, but from `seq` on by another clock.
    void resumeRealTime(long seq, int timestamp, long nowNanos) {
        resume(seq, timestamp, nextTimestamp(nowNanos));
    }

    /// Same numbers and clock as before, but from `seq` on not faster than real time. What is still
    /// missing in front of it and comes late is not later than it.
    void endSpeed(long seq, int timestamp, long nowNanos) {
        int next = nextTimestamp(nowNanos);
        int asBefore = timestamp(count - 1, timestamp);
        resume(seq, timestamp, asBefore - next > 0 ? asBefore : next);
    }

    private void resume(long seq, int input, int output) {
        end[count - 1] = seq;
        push(seq, shift[count - 1], input, output, 1);
    }

    /// Closes the gap of `seq`, which is newer than all that passed and goes nowhere.
    void leaveOut(long seq) {
        int newest = count - 1;
        if (first[newest] == seq) {
            first[newest]++;
            shift[newest]--;
            return;
        }
        end[newest] = seq;
        push(seq + 1, shift[newest] - 1, inputTime[newest], outputTime[newest], divisor[newest]);
    }

    /// The stretch input `seq` belongs to, or [#NONE].
    int stretchOf(long seq) {
        for (int i = count - 1; i >= 0; i--) {
            if (seq >= first[i]) {
                return seq < end[i] ? i : NONE;
            }
        }
        return NONE;
    }

    long seq(int stretch, long inputSeq) {
        return inputSeq + shift[stretch];
    }

    int timestamp(int stretch, int inputTimestamp) {
        int elapsed = inputTimestamp - inputTime[stretch];
        int by = divisor[stretch];
        return outputTime[stretch] + (by == 1 ? elapsed : Math.floorDiv(elapsed, by));
    }

    /// The input packet that went out as `outputSeq`, or [#NONE].
    long inputSeq(long outputSeq) {
        for (int i = count - 1; i >= 0; i--) {
            long input = outputSeq - shift[i];
            if (input >= first[i] && input < end[i]) {
                return input;
            }
        }
        return NONE;
    }

    /// Notes what went out.
    void passed(long outputSeq, int outputTimestamp, long nowNanos) {
        if (outputSeq > lastSeq) {
            lastSeq = outputSeq;
            lastTimestamp = outputTimestamp;
            lastNanos = nowNanos;
            anyPassed = true;
        }
    }

    boolean begun() {
        return count > 0;
    }

    int newest() {
        return count - 1;
    }

    /// Nothing passes until the next [#begin].
    void stop() {
        count = 0;
    }

    boolean anyPassed() {
        return anyPassed;
    }

    long lastSeq() {
        return lastSeq;
    }

    int lastTimestamp() {
        return lastTimestamp;
    }

    long lastNanos() {
        return lastNanos;
    }

    int clockRate() {
        return clockRate;
    }

    /// Ticks of a clock in a span of time; good for years.
    static long ticks(long nanos, int clockRate) {
        return nanos / 1_000 * clockRate / 1_000_000;
    }

    private int nextTimestamp(long nowNanos) {
        if (!anyPassed) {
            return lastTimestamp;
        }
        long elapsed = ticks(nowNanos - lastNanos, clockRate);
        long onePacket = ticks(ONE_PACKET_NANOS, clockRate);
        return (int) (lastTimestamp + Math.max(elapsed, onePacket));
    }

    private void push(long from, long distance, int input, int output, int timeDivisor) {
        if (count == first.length) {
            dropOldest();
        }
        first[count] = from;
        end[count] = OPEN_END;
        shift[count] = distance;
        inputTime[count] = input;
        outputTime[count] = output;
        divisor[count] = timeDivisor;
        count++;
    }

    private void dropOldest() {
        int kept = count - 1;
        System.arraycopy(first, 1, first, 0, kept);
        System.arraycopy(end, 1, end, 0, kept);
        System.arraycopy(shift, 1, shift, 0, kept);
        System.arraycopy(inputTime, 1, inputTime, 0, kept);
        System.arraycopy(outputTime, 1, outputTime, 0, kept);
        System.arraycopy(divisor, 1, divisor, 0, kept);
        count = kept;
    }

    @Override
    public String toString() {
        return "Continuity" + Arrays.toString(Arrays.copyOf(shift, count)) + "→" + lastSeq;
    }
}
