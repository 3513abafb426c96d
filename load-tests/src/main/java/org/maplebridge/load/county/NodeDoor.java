package org.maplebridge.load.county;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// The node's HTTP: signing in, and the figures it publishes.
///
/// Thread: any.
public final class NodeDoor implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern ORDER =
            Pattern.compile("\\{\"id\"\\s*:\\s*\"([^\"]+)\",\\s*\"number\"");

    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    public NodeDoor(URI uri) {
        this.uri = uri;
    }

    HttpClient http() {
        return http;
    }

    URI socket() {
        return URI.create("ws://" + uri.getAuthority() + "/ws");
    }

    /// @return the token
    public String signIn(String account, String password) throws IOException {
        var body = "{\"username\":\"" + account + "\",\"password\":\"" + password + "\"}";
        var request =
                HttpRequest.newBuilder(uri.resolve("/api/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var answer = send(request);
        var token = TOKEN.matcher(answer.body());
        if (answer.statusCode() != 200 || !token.find()) {
            throw new IOException(account + " cannot sign in: " + answer.statusCode());
        }
        return token.group(1);
    }

    /// Ids of all orders that this token's owner may see, the newest thousands.
    public Set<String> orders(String token) throws IOException {
        var ids = new HashSet<String>();
        int before;
        do {
            before = ids.size();
            var request =
                    HttpRequest.newBuilder(uri.resolve("/api/orders?limit=500&offset=" + before))
                            .header("Authorization", "Bearer " + token)
                            .GET()
                            .build();
            var found = ORDER.matcher(send(request).body());
            while (found.find()) {
                ids.add(found.group(1));
            }
        } while (ids.size() > before);
        return ids;
    }

    public NodeFigures figures() throws IOException {
        var request = HttpRequest.newBuilder(uri.resolve("/actuator/prometheus")).GET().build();
        return NodeFigures.parse(send(request).body());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
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
