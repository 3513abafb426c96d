package org.maplebridge.dispatch.figures;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// One line of figures. Shares are between 0 and 1, and absent where there is nothing of which they
/// would be a share.
///
/// Thread: whoever makes it, and anybody once it is made.
public final class Tally {
    private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);

    /// How many took so many minutes.
    private final TreeMap<Long, Long> minutes = new TreeMap<>();

    private long seconds;
    private long handled;
    private long shares;
    private long done;

    Tally() {}

    void add(Facts.Amount amount) {
        counts.merge(amount.measure(), amount.count(), Long::sum);
    }

    void add(Facts.Handled some) {
        counts.merge(Measure.CLOSED, some.count(), Long::sum);
        minutes.merge(some.minutes(), some.count(), Long::sum);
        handled += some.count();
        seconds += some.seconds();
    }

    void add(Facts.Ordered some) {
        shares += some.shares();
        done += some.done();
    }

    public long of(Measure measure) {
        return counts.getOrDefault(measure, 0L);
    }

    /// Steps that were left too late, or are late.
    public long late() {
        return of(Measure.LIMITS) - of(Measure.LIMITS_KEPT);
    }

    /// Shares of orders: one for each unit that got one.
    public long shares() {
        return shares;
    }

    public long done() {
        return done;
    }

    /// 办结率: of what was received, how much is closed now.
    public OptionalDouble closure() {
        return share(of(Measure.RECEIVED_CLOSED), of(Measure.RECEIVED));
    }

    /// 满意率: of the ratings given, how many were good.
    public OptionalDouble satisfaction() {
        return share(of(Measure.SATISFIED), of(Measure.RATED));
    }

    /// Stars in the mean, 1 to 5.
    public OptionalDouble stars() {
        return share(of(Measure.STARS), of(Measure.RATED));
    }

    /// How many time limits were kept.
    public OptionalDouble inTime() {
        return share(of(Measure.LIMITS_KEPT), of(Measure.LIMITS));
    }

    /// 响应及时率: how many matters were taken on in time.
    public OptionalDouble firstInTime() {
        return share(of(Measure.FIRST_KEPT), of(Measure.FIRST_LIMITS));
    }

    /// 指令执行率: of the shares of orders, how many were reported as done.
    public OptionalDouble execution() {
        return share(done, shares);
    }

    /// 平均处置时间, in minutes.
    public OptionalDouble meanMinutes() {
        OptionalDouble mean = share(seconds, handled);
        return mean.isPresent() ? OptionalDouble.of(mean.getAsDouble() / 60) : mean;
    }

    /// Half took no longer, to the minute; between two middle ones the mean of both.
    public OptionalDouble medianMinutes() {
        return handled == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((ranked((handled - 1) / 2) + ranked(handled / 2)) / 2.0);
    }

    /// @param rank from 0, by time
    private long ranked(long rank) {
        long before = 0;
        for (var entry : minutes.entrySet()) {
            before += entry.getValue();
            if (rank < before) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no such rank");
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
