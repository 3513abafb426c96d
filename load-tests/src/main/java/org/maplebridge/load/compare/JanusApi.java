package org.maplebridge.load.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Janus' HTTP interface, one request after the other: a session, handles on a plugin, messages to
/// them. What a plugin answers later is waited for.
///
/// Thread: the scenario's.
final class JanusApi implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int EVENTS_UNTIL_ANSWER = 10_000;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private final URI uri;
    private long transactions;

    JanusApi(URI uri) {
        this.uri = uri;
    }

    /// @throws IOException when it does not answer
    void ping() throws IOException {
        JsonNode unused = get("/info");
    }

    String version() throws IOException {
        return get("/info").path("version_string").asString();
    }

    /// @return the session's id
    long createSession() throws IOException {
        return post("", Map.of("janus", "create")).path("data").path("id").asLong();
    }

    /// @return the handle's id
    long attach(long session, String plugin) throws IOException {
        return post("/" + session, Map.of("janus", "attach", "plugin", plugin))
                .path("data")
                .path("id")
                .asLong();
    }

    void detach(long session, long handle) throws IOException {
        JsonNode unused = post("/" + session + "/" + handle, Map.of("janus", "detach"));
    }

    /// Something the plugin answers at once.
    JsonNode ask(long session, long handle, Map<String, Object> body) throws IOException {
        return post("/" + session + "/" + handle, Map.of("janus", "message", "body", body));
    }

    /// Something the plugin answers by an event.
    ///
    /// @param jsep goes along; empty for none
    JsonNode askLater(long session, long handle, Map<String, Object> body, Map<String, Object> jsep)
            throws IOException {
        Map<String, Object> message =
                jsep.isEmpty()
                        ? Map.of("janus", "message", "body", body)
                        : Map.of("janus", "message", "body", body, "jsep", jsep);
        String transaction =
                post("/" + session + "/" + handle, message).path("transaction").asString();
        for (int i = 0; i < EVENTS_UNTIL_ANSWER; i++) {
            JsonNode event = get("/" + session);
            if (event.path("janus").asString().equals("event")
                    && event.path("transaction").asString("").equals(transaction)) {
                return checked(event);
            }
        }
        throw new IOException("Janus says much, but not what came of " + body);
    }

    private JsonNode get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    private JsonNode post(String path, Map<String, Object> message) throws IOException {
        var whole = new LinkedHashMap<>(message);
        whole.put("transaction", "t" + transactions++);
        String text = json.writeValueAsString(whole);
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(text)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(uri + path)).timeout(PATIENCE);
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return checked(json.readTree(body));
        } catch (JacksonException e) {
            throw new IOException("Janus does not speak JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode checked(JsonNode answer) throws IOException {
        JsonNode data = answer.path("plugindata").path("data");
        if (answer.path("janus").asString("").equals("error") || data.has("error")) {
            throw new IOException("Janus refuses: " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
