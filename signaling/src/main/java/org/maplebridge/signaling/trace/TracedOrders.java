package org.maplebridge.signaling.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;

/// Tells what is done for orders as spans.
///
/// Thread: any; who was reached is guarded by this.
public final class TracedOrders implements Orders {
    /// Terminals that were told of an order and have said nothing yet; the oldest are given up
    /// beyond.
    static final int MOST = 4_096;

    private record Share(OrderId order, UnitId unit) {}

    private final SpanSink sink;
    private final String node;
    private final double share;
    private final TraceClock clock;
    private final Map<Share, Long> reached =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Share, Long> eldest) {
                    return size() > MOST;
                }
            };

    /// @param share of all traces that are told
    public TracedOrders(SpanSink sink, String node, double share, TraceClock clock) {
        this.sink = sink;
        this.node = node;
        this.share = share;
        this.clock = clock;
    }

    @Override
    public long now() {
        return clock.now();
    }

    @Override
    public void placed(OrderId order, boolean spoken, long sinceNanos) {
        tell(
                order,
                sinceNanos,
                clock.now(),
                (spans, time) -> spans.placed(spoken, time.from(), time.to()));
    }

    @Override
    public void refused(OrderId order, String code, long sinceNanos) {
        tell(
                order,
                sinceNanos,
                clock.now(),
                (spans, time) -> spans.refused(code, time.from(), time.to()));
    }

    @Override
    public void done(OrderPart part, OrderId order, long sinceNanos) {
        part(part, order, Map.of(), OK, sinceNanos, clock.now());
    }

    @Override
    public void repeated(OrderId order, String outcome, long sinceNanos) {
        part(OrderPart.REPEAT, order, Map.of(), outcome, sinceNanos, clock.now());
    }

    @Override
    public void delivered(OrderId order, String news, int sessions, long sinceNanos) {
        part(
                OrderPart.DELIVER,
                order,
                Map.of("order.news", news, "sessions", Integer.toString(sessions)),
                OK,
                sinceNanos,
                clock.now());
    }

    @Override
    public synchronized void reached(OrderId order, UnitId unit) {
        reached.putIfAbsent(new Share(order, unit), clock.now());
    }

    @Override
    public void stepped(
            OrderId order, UnitId unit, String step, String outcome, long receivedNanos) {
        @Nullable Long told = takeReached(order, unit);
        if (told != null && receivedNanos > told) {
            part(OrderPart.TERMINAL, order, Map.of(), OK, told, receivedNanos);
        }
        part(
                OrderPart.STEP,
                order,
                Map.of("order.step", step),
                outcome,
                receivedNanos,
                clock.now());
    }

    private synchronized @Nullable Long takeReached(OrderId order, UnitId unit) {
        return reached.remove(new Share(order, unit));
    }

    private record Time(long from, long to) {}

    private void part(
            OrderPart part,
            OrderId order,
            Map<String, String> more,
            String outcome,
            long from,
            long to) {
        tell(
                order,
                from,
                to,
                (spans, time) -> spans.part(part, more, outcome, time.from(), time.to()));
    }

    private void tell(OrderId order, long from, long to, BiFunction<OrderSpans, Time, Span> which) {
        var spans = new OrderSpans(order.value(), node);
        if (TraceIds.isTold(spans.trace(), share)) {
            var both = clock.both();
            var time = new Time(both.epoch(from), both.epoch(Math.max(from, to)));
            sink.take(List.of(which.apply(spans, time)));
        }
    }
}
