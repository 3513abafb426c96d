package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews.UnitChanged;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// REST, pages and headers.
class RestTest {
    private final TestNode node = TestNode.shared();

    @Test
    void saysWhoSignedIn() {
        var me = TestNode.json(node.get("car1", "/api/me"));

        assertThat(me.get("id").asString()).isEqualTo("car1");
        assertThat(me.get("unit").asString()).isEqualTo("car1");
        assertThat(me.get("rights").toString()).contains("live.send");
    }

    @Test
    void wrongPasswordsWaitLongerAndLonger() {
        var account = "nobody-" + UUID.randomUUID();
        for (int i = 0; i < 5; i++) {
            assertThat(node.login(account, "guess").statusCode()).isEqualTo(401);
        }
        var slowed = node.login(account, "guess");

        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
        assertThat(slowed.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("application/problem+json"));
    }

    @Test
    void whatIsNotThereOrNotYoursIsAProblem() {
        assertThat(node.get("xinhe", "/api/nope").statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", "/api/keys").statusCode()).isEqualTo(403);
        assertThat(node.send(node.request("/api/units").GET()).statusCode()).isEqualTo(401);
        assertThat(
                        node.send(node.as("xinhe", "/api/me").PUT(BodyPublishers.ofString("{}")))
                                .statusCode())
                .isEqualTo(405);
        assertThat(node.get("xinhe", "/api/nope").body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void aNewUnitAppearsInTheConsoles() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            var id = "camera-" + UUID.randomUUID();
            var unit = Map.of("id", id, "name", "路口探头", "kind", "camera", "node", "xinhe");

            assertThat(node.post("xinhe", "/api/units", unit).statusCode()).isEqualTo(403);
            assertThat(node.post("admin", "/api/units", unit).statusCode()).isEqualTo(201);
            assertThat(node.post("admin", "/api/units", unit).statusCode()).isEqualTo(409);

            assertThat(room.await(UnitChanged.class, u -> u.unit().id().equals(id)).unit().name())
                    .isEqualTo("路口探头");
        }
    }

    @Test
    void namesComeInTheLanguageOfThePageThatAsks() {
        var unit = "/api/units/car1";
        var chinese = node.send(node.as("xinhe", unit).header("Accept-Language", "zh-CN,en;q=0.1"));
        var english = node.send(node.as("xinhe", unit).header("Accept-Language", "en"));
        var other = node.send(node.as("xinhe", unit).header("Accept-Language", "fr"));
        assertThat(TestNode.json(chinese).get("name").asString()).isEqualTo("新河巡逻车1号");
        assertThat(TestNode.json(english).get("name").asString()).doesNotContain("新河");
        assertThat(other.body()).isEqualTo(node.get("xinhe", unit).body());
    }

    @Test
    void aKeyIsShownOnceNeverSignsInAndCanBeRevoked() {
        var made =
                TestNode.json(
                        node.post(
                                "admin",
                                "/api/keys",
                                Map.of(
                                        "name",
                                        "encoder",
                                        "scopes",
                                        List.of("whip"),
                                        "units",
                                        List.of("*"))));
        var token = made.get("token").asString();
        var id = made.get("id").asString();

        assertThat(node.get("admin", "/api/keys").body()).contains(id).doesNotContain(token);
        assertThat(node.send(node.bearer(token, "/api/me").GET()).statusCode()).isEqualTo(403);
        assertThat(node.send(node.as("admin", "/api/keys/" + id).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(
                        node.send(
                                        node.bearer(token, "/whip/car1")
                                                .POST(BodyPublishers.ofString("")))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        var page = node.send(node.request("/console").GET());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy)
                                .contains("default-src 'self'", "frame-ancestors 'none'")
                                .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Permissions-Policy"))
                .hasValueSatisfying(p -> assertThat(p).contains("camera=(self)"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void whoMayLooksAtAPeerConnectionClosely() {
        var path = "/api/nodes/self/legs";
        try (var car = node.terminal("car1").withMedia();
                var room = node.console("xinhe").withMedia()) {
            room.snapshot();
            car.snapshot();
            var legs = TestNode.json(node.get("admin", path + "?account=car1"));
            assertThat(legs.get("open").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(legs.get("legs")).hasSize(1);
            var leg = legs.get("legs").get(0);
            assertThat(leg.get("account").asString()).isEqualTo("car1");
            assertThat(leg.get("terminal").asBoolean()).isTrue();
            assertThat(leg.get("state").asString()).isEqualTo("connected");
            assertThat(leg.get("remoteAddress").asString()).isNotEmpty();
            assertThat(leg.get("tcp").asBoolean()).isFalse();
            assertThat(leg.get("sends")).isEmpty();
            assertThat(TestNode.json(node.get("admin", path + "?limit=1")).get("legs")).hasSize(1);
            assertThat(TestNode.json(node.get("admin", path + "?account=nobody")).get("legs"))
                    .isEmpty();
        }
        assertThat(node.get("xinhe", path).statusCode()).isEqualTo(403);
        assertThat(node.get("admin", path + "?limit=0").statusCode()).isEqualTo(400);
        assertThat(node.get("admin", path + "?limit=many").statusCode()).isEqualTo(400);
    }

    @Test
    void livenessAndReadinessAreTwoQuestions() {
        assertThat(node.send(node.request("/actuator/health/liveness").GET()).body())
                .contains("livenessState")
                .doesNotContain("record");
        assertThat(node.send(node.request("/actuator/health/readiness").GET()).body())
                .contains("\"record\"", "\"relay\"", "UP");
    }

    @Test
    void theFiguresHaveTheirNames() {
        assertThat(node.send(node.request("/actuator/prometheus").GET()).body())
                .contains(
                        "maplebridge_floor_grant_seconds_bucket",
                        "maplebridge_orders_unacknowledged",
                        "maplebridge_relay_sessions");
    }

    @Test
    void theDescriptionHasEveryMappedRouteAndNoOther() {
        JsonNode paths =
                TestNode.json(node.send(node.request("/api/openapi.json").GET())).get("paths");
        var described = new TreeSet<String>();
        paths.properties()
                .forEach(path ->
                        path.getValue()
                                .propertyNames()
                                .forEach(method -> described.add(method + " " + path.getKey())));
        var mapped = new TreeSet<String>();
        node.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(info ->
                        info.getMethodsCondition()
                                .getMethods()
                                .forEach(method ->
                                        info.getPatternValues()
                                                .forEach(path ->
                                                        mapped.add(
                                                                method.name()
                                                                                .toLowerCase(
                                                                                        Locale.ROOT)
                                                                        + " "
                                                                        + path))));
        mapped.removeIf(
                route -> route.startsWith("options ") || route.endsWith("/api/openapi.json"));
        assertThat(described).isEqualTo(mapped);
    }
}
