package org.maplebridge.signaling.boot.trace;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.signaling.boot.StartRefused;
import org.maplebridge.signaling.trace.Joins;
import org.maplebridge.signaling.trace.Orders;
import org.maplebridge.signaling.trace.TraceClock;
import org.maplebridge.signaling.trace.TracedJoins;
import org.maplebridge.signaling.trace.TracedOrders;
import org.maplebridge.signaling.trace.otlp.OtlpSpans;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Traces of joins and orders, if somebody wants them. Without an endpoint there is no exporter, no
/// thread and no span.
@Configuration(proxyBeanMethods = false)
public class TraceWiring {
    @Bean
    TraceSettings traceSettings(Environment environment) {
        try {
            return Binder.get(environment).bindOrCreate(TraceSettings.PREFIX, TraceSettings.class);
        } catch (BindException e) {
            throw new StartRefused(
                    "The setting " + e.getName() + " cannot be used: " + rootMessage(e),
                    "See docs/operations.md, \"Where the time of a join or an order went\".",
                    e);
        }
    }

    private static String rootMessage(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : rootMessage(cause);
    }

    @Bean(destroyMethod = "close")
    @Nullable OtlpSpans otlpSpans(TraceSettings settings, DispatchBus bus) {
        return settings.isOn()
                ? new OtlpSpans(URI.create(settings.endpoint()), bus.self().value())
                : null;
    }

    @Bean
    Joins joins(
            ObjectProvider<OtlpSpans> spans,
            TraceSettings settings,
            DispatchBus bus,
            InstantSource clock) {
        @Nullable OtlpSpans sink = spans.getIfAvailable();
        return sink == null
                ? Joins.OFF
                : new TracedJoins(sink, bus.self().value(), settings.share(), clock(clock));
    }

    @Bean
    Orders orderTraces(
            ObjectProvider<OtlpSpans> spans,
            TraceSettings settings,
            DispatchBus bus,
            InstantSource clock) {
        @Nullable OtlpSpans sink = spans.getIfAvailable();
        return sink == null
                ? Orders.OFF
                : new TracedOrders(sink, bus.self().value(), settings.share(), clock(clock));
    }

    private static TraceClock clock(InstantSource wall) {
        return new TraceClock(wall, System::nanoTime);
    }

    @Bean
    MeterBinder traceMeters(ObjectProvider<OtlpSpans> spans) {
        @Nullable OtlpSpans sink = spans.getIfAvailable();
        return meters -> {
            if (sink != null) {
                FunctionCounter.builder("maplebridge.traces.sent", sink, OtlpSpans::sent)
                        .description("Spans that the collector took")
                        .register(meters);
                FunctionCounter.builder("maplebridge.traces.dropped", sink, OtlpSpans::dropped)
                        .description("Spans given up because no collector took them")
                        .register(meters);
            }
        };
    }
}
