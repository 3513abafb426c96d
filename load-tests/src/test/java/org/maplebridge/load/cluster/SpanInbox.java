package org.maplebridge.load.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.maplebridge.signaling.trace.TraceIds;

/// Takes what nodes of this machine tell by OTLP over HTTP.
///
/// Thread: any, guarded by this.
final class SpanInbox implements AutoCloseable {
    private final HttpServer server;
    private final List<Span> spans = new ArrayList<>();

    SpanInbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /// Of what is told of a session or an order, in the order in which it began.
    synchronized List<Span> traceOf(String subject) {
        var trace = TraceIds.trace(subject);
        return spans.stream()
                .filter(s -> HexFormat.of().formatHex(s.getTraceId().toByteArray()).equals(trace))
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .toList();
    }

    static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private void take(HttpExchange exchange) throws IOException {
        var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
        synchronized (this) {
            request.getResourceSpansList()
                    .forEach(of ->
                            of.getScopeSpansList()
                                    .forEach(scope -> spans.addAll(scope.getSpansList())));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
