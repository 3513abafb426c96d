package org.maplebridge.load.incidents;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.maplebridge.dispatch.intake.Signature;

/// A node's REST as a console's page or another system speaks it.
///
/// Thread: any.
final class RestDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    /// @param nanos from the call that sends it until the whole answer is at hand
    record Reply(int status, String body, long nanos) {
        boolean isOk() {
            return status / 100 == 2;
        }

        /// All values of `id`, from the outside to the inside and from the left to the right.
        List<String> ids() {
            return ID.matcher(body).results().map(found -> found.group(1)).toList();
        }
    }

    private final URI uri;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    /// @param token of a person, or of a key
    RestDoor(URI uri, String token) {
        this.uri = uri;
        this.token = token;
    }

    Reply get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    Reply post(String path, String json) throws IOException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    /// As a system that has a key of the intake: signed under it.
    Reply postSigned(String path, byte[] json) throws IOException {
        var signature = Signature.of(token, json, Instant.now());
        return send(
                request(path)
                        .header("X-Maplebridge-Signature", signature.header())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                        .build());
    }

    /// A key of the intake, which this person has to be allowed to make.
    String makeIntakeKey() throws IOException {
        var made = post("/api/keys", "{\"name\":\"bench\",\"scopes\":[\"intake\"]}");
        var token = TOKEN.matcher(made.body());
        if (!made.isOk() || !token.find()) {
            throw new IOException("no key of the intake: " + made);
        }
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private Reply send(HttpRequest request) throws IOException {
        long sent = System.nanoTime();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body(), System.nanoTime() - sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
