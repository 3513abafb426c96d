package org.maplebridge.load.county;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final Pattern BURST =
            Pattern.compile(
                    "\\{\"id\":\"([^\"]+)\",\"call\":\"[^\"]+\",\"talker\":\\{\"user\":\"([^\"]+)\""
                            + "[^}]*\\},\"at\":\"([^\"]+)\"");

    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]+)\"");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
            var answer = read("/api/orders?limit=500&offset=" + before, token);
            var found = ORDER.matcher(answer.body());
            while (found.find()) {
                ids.add(found.group(1));
            }
        } while (ids.size() > before);
        return ids;
    }

    /// A talk as the record has it.
    ///
    /// @param talker account
    public record Spoken(String id, String talker, Instant at) {}

    /// What was said in a group, without slips of the finger.
    public List<Spoken> bursts(String token, String group, Instant from, Instant to)
            throws IOException {
        var all = new LinkedHashMap<String, Spoken>();
        int before;
        var until = to;
        do {
            before = all.size();
            var path = "/api/bursts?limit=500&call=%s&from=%s&to=%s".formatted(group, from, until);
            var found = BURST.matcher(read(path, token).body());
            while (found.find()) {
                var at = Instant.parse(found.group(3));
                all.put(found.group(1), new Spoken(found.group(1), found.group(2), at));
                until = at.plusMillis(1);
            }
        } while (all.size() > before);
        return List.copyOf(all.values());
    }

    /// @param path from the root on
    /// @return `ok`, or the code of the problem that it was answered by
    public String verdict(String path, String token) throws IOException {
        var answer = read(path, token);
        var code = CODE.matcher(answer.body());
        return answer.statusCode() == 200
                ? "ok"
                : code.find() ? code.group(1) : Integer.toString(answer.statusCode());
    }

    private HttpResponse<String> read(String path, String token) throws IOException {
        return send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build());
    }

    /// Opens a stream by WHIP or WHEP.
    ///
    /// @param path `/whip/UNIT` or `/whep/UNIT`
    /// @return where it is, from the root on, and the answer
    public Map.Entry<String, String> openStream(String path, String token, String offer)
            throws IOException {
        var answer =
                send(
                        HttpRequest.newBuilder(uri.resolve(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/sdp")
                                .POST(HttpRequest.BodyPublishers.ofString(offer))
                                .build());
        if (answer.statusCode() != 201) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return Map.entry(answer.headers().firstValue("Location").orElse(path), answer.body());
    }

    public void closeStream(String location, String token) throws IOException {
        var unused =
                send(
                        HttpRequest.newBuilder(uri.resolve(location))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .DELETE()
                                .build());
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
