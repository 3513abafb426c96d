package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.InProcessBus;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole node with the demo county on a random port: real Jetty, real database, a relay without
/// packets. Starting one takes seconds, so tests share it.
public final class TestNode implements AutoCloseable {
    public static final String PASSWORD = "correct horse";

    private static @Nullable TestNode shared;
    private static @Nullable TestNode hasty;
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    private TestNode(Path data, DispatchBus bus, String... properties) {
        var application = Maplebridge.application();
        application.addInitializers(context -> doubles((GenericApplicationContext) context, bus));
        var arguments = new ArrayList<String>();
        arguments.add("--server.port=0");
        arguments.add("--maplebridge.demo=true");
        arguments.add("--maplebridge.demo.password=" + PASSWORD);
        arguments.add("--maplebridge.data=" + data);
        arguments.addAll(List.of(properties));
        context = application.run(arguments.toArray(String[]::new));
    }

    /// Registered before the wiring is read, which then makes none of its own.
    private static void doubles(GenericApplicationContext context, DispatchBus bus) {
        context.registerBean(
                MediaRelay.class, () -> new FakeRelay(context.getBean(RelayInbox.class)));
        context.registerBean(DispatchBus.class, () -> bus);
        context.registerBean(Finisher.class, FakeFinisher::new);
    }

    public static synchronized TestNode shared() {
        @Nullable TestNode running = shared;
        if (running == null) {
            running = on(temporary());
            shared = running;
        }
        return running;
    }

    /// Another one, where everything that takes seconds takes one, and nobody is shown who listens.
    public static synchronized TestNode hasty() {
        @Nullable TestNode running = hasty;
        if (running == null) {
            running =
                    on(
                            temporary(),
                            "--maplebridge.voice.answer-seconds=1",
                            "--maplebridge.voice.alert-countdown-seconds=1",
                            "--maplebridge.mediation.ring-seconds=5",
                            "--maplebridge.voice.ambient-notice=never");
            hasty = running;
        }
        return running;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("maplebridge-test");
        } catch (IOException e) {
            throw new IllegalStateException("no temporary directory", e);
        }
    }

    public static TestNode on(Path data, String... properties) {
        return new TestNode(data, InProcessBus.alone(new MemberId("test-node")), properties);
    }

    /// Nodes that share one bus and one record.
    public static List<TestNode> cluster(int size) {
        return cluster(size, bus -> bus);
    }

    /// @param way how each node's bus is made worse
    public static List<TestNode> cluster(int size, UnaryOperator<DispatchBus> way) {
        return cluster(Collections.nCopies(size, List.of()), way);
    }

    /// @param settings of each node, beside those that all have
    public static List<TestNode> cluster(List<List<String>> settings) {
        return cluster(settings, bus -> bus);
    }

    private static List<TestNode> cluster(
            List<List<String>> settings, UnaryOperator<DispatchBus> way) {
        var nodes = new ArrayList<TestNode>();
        var first = InProcessBus.alone(new MemberId("node-1"));
        var database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        for (int i = 1; i <= settings.size(); i++) {
            var bus = i == 1 ? first : first.joinedBy(new MemberId("node-" + i));
            var properties = new ArrayList<>(settings.get(i - 1));
            properties.add("--maplebridge.cluster.members=127.0.0.1:5701");
            properties.add("--maplebridge.cluster.secret=sixteen bytes it is");
            properties.add("--maplebridge.database.url=" + database);
            nodes.add(new TestNode(temporary(), way.apply(bus), properties.toArray(String[]::new)));
        }
        return nodes;
    }

    public DispatchBus bus() {
        return context.getBean(DispatchBus.class);
    }

    public FakeRelay relay() {
        return (FakeRelay) context.getBean(MediaRelay.class);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /// One token for each account, however many tests ask.
    public String token(String account) {
        return tokens.computeIfAbsent(account, this::freshToken);
    }

    public String freshToken(String account) {
        var answer = login(account, PASSWORD);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(account + " cannot sign in: " + answer.body());
        }
        return json(answer).get("token").asString();
    }

    public HttpResponse<String> login(String account, String password) {
        return send(
                request("/api/login")
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JSON.writeValueAsString(
                                                Map.of(
                                                        "username",
                                                        account,
                                                        "password",
                                                        password)))));
    }

    public HttpResponse<String> get(String account, String path) {
        return send(as(account, path).GET());
    }

    /// All of the journal that this account sees; many tests write into a node that they share.
    public String journal(String account) {
        var all = new StringBuilder();
        long after = -1;
        for (long next = 0; next != after; ) {
            after = next;
            var page = get(account, "/api/journal?limit=1000&after=" + after);
            all.append(page.body());
            next = page.statusCode() == 200 ? json(page).get("next").asLong() : after;
        }
        return all.toString();
    }

    public HttpResponse<String> post(String account, String path, Object body) {
        return send(
                as(account, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    public HttpRequest.Builder as(String account, String path) {
        return bearer(token(account), path);
    }

    public HttpRequest.Builder bearer(String token, String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What is sent, for who signs it or sends it in a way of their own.
    public static String text(Object body) {
        return JSON.writeValueAsString(body);
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    public TestSocket console(String account) {
        return TestSocket.open(this, token(account), false);
    }

    public TestSocket terminal(String account) {
        return TestSocket.open(this, token(account), true);
    }

    @Override
    public void close() {
        context.close();
    }
}
