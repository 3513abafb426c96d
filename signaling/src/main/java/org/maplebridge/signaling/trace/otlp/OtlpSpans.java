package org.maplebridge.signaling.trace.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.trace.Span;
import org.maplebridge.signaling.trace.SpanSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends spans to a collector (OTLP over HTTP, protobuf). What finds no room while the collector is
/// slow or away is dropped and counted; nothing is sent twice.
///
/// Thread: [#take] any, never waits; one virtual thread sends.
public final class OtlpSpans implements SpanSink, AutoCloseable {
    /// Some hundred orders or joins: seconds of a county's worst minute.
    static final int ROOM = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(OtlpSpans.class);
    private static final int BATCH = 512;
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long GOODBYE_MILLIS = 1_000;

    private final ArrayBlockingQueue<Span> waiting = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final URI endpoint;
    private final Resource resource;
    private final SpanExporter exporter;
    private final Thread thread;
    private volatile boolean closing;
    private boolean away;

    /// @param endpoint where the collector takes traces, usually `…:4318/v1/traces`
    /// @param node how this node is called among the others
    public OtlpSpans(URI endpoint, String node) {
        this.endpoint = endpoint;
        resource =
                Resource.create(
                        Attributes.builder()
                                .put("service.name", "maplebridge")
                                .put("service.instance.id", node)
                                .build());
        exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.toString())
                        .setConnectTimeout(CONNECT)
                        .setTimeout(ANSWER)
                        .setRetryPolicy(null)
                        .setMeterProvider(MeterProvider.noop())
                        .build();
        thread = Thread.ofVirtual().name("traces").start(this::run);
    }

    @Override
    public void take(List<Span> spans) {
        for (var span : spans) {
            if (!waiting.offer(span)) {
                dropped.incrementAndGet();
            }
        }
    }

    /// Spans that reached no collector.
    public long dropped() {
        return dropped.get();
    }

    public long sent() {
        return sent.get();
    }

    /// What waits is sent if the collector answers within a second.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        var unused = exporter.shutdown();
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                var batch = next();
                if (!batch.isEmpty()) {
                    send(batch);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("traces end", e);
        }
    }

    /// Waits a little for company: one request for many spans.
    private List<Span> next() throws InterruptedException {
        var batch = new ArrayList<Span>();
        long until = System.nanoTime() + LINGER_NANOS;
        while (batch.size() < BATCH) {
            waiting.drainTo(batch, BATCH - batch.size());
            long left = closing ? 0 : until - System.nanoTime();
            @Nullable Span more = waiting.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
            if (more == null) {
                break;
            }
            batch.add(more);
        }
        return batch;
    }

    private void send(List<Span> batch) {
        var finished = batch.stream().map(span -> new FinishedSpan(span, resource)).toList();
        var answer = exporter.export(List.copyOf(finished));
        answer.join(ANSWER.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
        if (answer.isSuccess()) {
            sent.addAndGet(batch.size());
            if (away) {
                LOG.info("traces are taken again by {}", endpoint);
            }
            away = false;
        } else {
            dropped.addAndGet(batch.size());
            if (!away && !closing) {
                LOG.warn(
                        "traces are not taken by {} ({}); they are dropped and counted until they"
                                + " are. Does a collector listen there for OTLP over HTTP, and does"
                                + " the path end with /v1/traces?",
                        endpoint,
                        reason(answer.getFailureThrowable()));
            }
            away = true;
        }
    }

    /// Connections that were refused have no words of their own.
    private static String reason(@Nullable Throwable why) {
        if (why == null) {
            return "no answer";
        }
        @Nullable Throwable cause = why.getCause();
        @Nullable String words = why.getMessage();
        return cause != null && !(why instanceof IOException)
                ? reason(cause)
                : words == null ? why.getClass().getSimpleName() : words;
    }
}
