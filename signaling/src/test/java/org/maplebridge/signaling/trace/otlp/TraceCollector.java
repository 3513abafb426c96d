package org.maplebridge.signaling.trace.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.maplebridge.signaling.trace.TraceIds;

/// Takes OTLP over HTTP as any collector does, and keeps what came.
///
/// Thread: any, guarded by this.
public final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    public TraceCollector() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /// Of what is told of a session or an order, the first span first.
    public synchronized List<Span> traceOf(String subject) {
        var trace = TraceIds.trace(subject);
        return spans.stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
                .sorted((a, b) -> Long.compare(a.getStartTimeUnixNano(), b.getStartTimeUnixNano()))
                .toList();
    }

    public synchronized int requests() {
        return bodies.size();
    }

    /// All bytes that came, as text: what is no UTF-8 in them does not matter.
    public synchronized String everything() {
        var all = new StringBuilder();
        bodies.forEach(body -> all.append(new String(body, StandardCharsets.UTF_8)));
        return all.toString();
    }

    public static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = ExportTraceServiceRequest.parseFrom(body);
        synchronized (this) {
            bodies.add(body);
            request.getResourceSpansList()
                    .forEach(of ->
                            of.getScopeSpansList()
                                    .forEach(scope -> spans.addAll(scope.getSpansList())));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
