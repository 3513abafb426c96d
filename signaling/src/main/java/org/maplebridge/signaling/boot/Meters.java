package org.maplebridge.signaling.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.netty.RelayMetrics;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.tcp.TcpCounters;
import org.maplebridge.media.tcp.TcpEnd;
import org.maplebridge.media.tcp.TcpLoss;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Configuration;

/// The figures of docs/operations.md, read from whoever counts them.
@Configuration(proxyBeanMethods = false)
class Meters implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
    private static final long ORDERS_EVERY_SECONDS = 5;

    private final MeterRegistry meters;
    private final PrometheusRegistry prometheus;
    private final MediaRelay relay;
    private final RecordStores record;
    private final Sessions sessions;
    private final Legs legs;
    private final Chronicle chronicle;
    private final Telemetry telemetry;
    private final NodeLoad load;
    private final ScheduledExecutorService timer;
    private final AtomicLong unacknowledged = new AtomicLong();

    Meters(
            MeterRegistry meters,
            PrometheusRegistry prometheus,
            MediaRelay relay,
            RecordStores record,
            Sessions sessions,
            Legs legs,
            Chronicle chronicle,
            Telemetry telemetry,
            NodeLoad load,
            ScheduledExecutorService timer) {
        this.meters = meters;
        this.prometheus = prometheus;
        this.relay = relay;
        this.record = record;
        this.sessions = sessions;
        this.legs = legs;
        this.chronicle = chronicle;
        this.telemetry = telemetry;
        this.load = load;
        this.timer = timer;
    }

    @Override
    public void afterSingletonsInstantiated() {
        gauge("maplebridge.orders.unacknowledged", "Placed, but not delivered yet", unacknowledged);
        Gauge.builder("maplebridge.sessions", sessions, Sessions::count)
                .description("Consoles and terminals")
                .register(meters);
        FunctionCounter.builder("maplebridge.journal.lost", chronicle, Chronicle::lost)
                .description("Journal entries given up while the database was away")
                .register(meters);
        telemetry();
        load();
        if (relay instanceof RelayNode node) {
            relay(node.metrics());
        } else {
            Gauge.builder("maplebridge.relay.sessions", legs, Legs::open).register(meters);
        }
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().start(this::countOrders),
                        1,
                        ORDERS_EVERY_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void telemetry() {
        Gauge.builder("maplebridge.telemetry.away", telemetry, Meters::away)
                .description("1 while what the nodes share of positions and alarms is away")
                .register(meters);
        FunctionCounter.builder("maplebridge.telemetry.points.lost", telemetry, Telemetry::lost)
                .description("Points of tracks given up because Redis was away for too long")
                .register(meters);
        FunctionCounter.builder("maplebridge.telemetry.foreign", telemetry, Telemetry::foreign)
                .description("Values found in Redis that cannot be ours")
                .register(meters);
    }

    private void load() {
        Gauge.builder("maplebridge.load.level", load, l -> l.level().ordinal())
                .description("0 calm, 1 no new pictures, 2 small pictures, 3 no pictures")
                .register(meters);
        Gauge.builder("maplebridge.load.late", load, NodeLoad::late)
                .description("Share of the last second in which a media loop was late")
                .register(meters);
        Gauge.builder("maplebridge.load.stolen", load, NodeLoad::stolen)
                .description("Share of the last second that other machines took")
                .register(meters);
        FunctionCounter.builder("maplebridge.load.refused", load, NodeLoad::refused)
                .description("Pictures refused because the node was busy")
                .register(meters);
    }

    private static double away(Telemetry telemetry) {
        return telemetry.reach() == Telemetry.Reach.AWAY ? 1 : 0;
    }

    private void relay(RelayMetrics metrics) {
        counter("maplebridge.relay.packets.forwarded", metrics, RelayMetrics::packetsForwarded);
        counter(
                "maplebridge.relay.packets.retransmitted",
                metrics,
                RelayMetrics::packetsRetransmitted);
        counter("maplebridge.relay.packets.padded", metrics, RelayMetrics::packetsPadded);
        counter("maplebridge.relay.packets.received", metrics, RelayMetrics::packetsReceived);
        Gauge.builder("maplebridge.relay.sessions", metrics, RelayMetrics::sessions)
                .description("Peer connections")
                .register(meters);
        for (var reason : DropReason.values()) {
            FunctionCounter.builder(
                            "maplebridge.relay.packets.dropped", metrics, m -> m.dropped(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        prometheus.register((Collector) () -> latency(metrics));
        tcp(metrics.tcp());
    }

    private void tcp(TcpCounters tcp) {
        Gauge.builder("maplebridge.media.tcp.connections", tcp, TcpCounters::connections)
                .description("Connections of ICE-TCP that are open")
                .register(meters);
        Gauge.builder("maplebridge.media.tcp.proved", tcp, TcpCounters::proved)
                .description("Those of them whose peer has proved itself")
                .register(meters);
        FunctionCounter.builder(
                        "maplebridge.media.tcp.received", tcp, TcpCounters::datagramsReceived)
                .description("Datagrams that came by TCP")
                .register(meters);
        FunctionCounter.builder("maplebridge.media.tcp.sent", tcp, TcpCounters::datagramsSent)
                .description("Datagrams that went by TCP")
                .register(meters);
        for (var reason : TcpEnd.values()) {
            FunctionCounter.builder("maplebridge.media.tcp.ended", tcp, t -> t.ended(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
        for (var reason : TcpLoss.values()) {
            FunctionCounter.builder("maplebridge.media.tcp.dropped", tcp, t -> t.dropped(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(meters);
        }
    }

    /// Micrometer has no way to show a histogram that somebody else keeps.
    private static MetricSnapshot latency(RelayMetrics metrics) {
        var bounds = RelayMetrics.latencyBoundsNanos();
        var seconds = new double[bounds.length + 1];
        for (int i = 0; i < bounds.length; i++) {
            seconds[i] = bounds[i] / 1e9;
        }
        seconds[bounds.length] = Double.POSITIVE_INFINITY;
        return HistogramSnapshot.builder()
                .name("maplebridge_relay_forward_latency_seconds")
                .help("From the read burst to the kernel")
                .dataPoint(
                        HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(
                                        ClassicHistogramBuckets.of(
                                                seconds, metrics.latencyCounts()))
                                .sum(metrics.latencySumSeconds())
                                .build())
                .build();
    }

    private void countOrders() {
        try {
            unacknowledged.set(record.orders().countUnacknowledged());
        } catch (RecordUnavailable e) {
            LOG.debug("orders cannot be counted", e);
        }
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    private void counter(String name, RelayMetrics metrics, ToDoubleFunction<RelayMetrics> value) {
        FunctionCounter.builder(name, metrics, value).register(meters);
    }
}
