package org.maplebridge.signaling.boot.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// Who is in the field says where they are, and their room reads it.
class CheckInRestTest {
    private static final String PATH = "/api/check-ins";

    private final TestNode node = TestNode.shared();
    private final String own = UUID.randomUUID().toString();

    @Test
    void aCarChecksInAndItsRoomAndTheCentreReadIt() {
        var wish = wish();
        var answer = node.post("car1", PATH, wish);
        assertThat(answer.statusCode()).isEqualTo(201);
        var found = found("xinhe", "").orElseThrow();
        assertThat(found.get("place").asString()).isEqualTo("长屿村口");
        assertThat(found.get("unit").asString()).isEqualTo("car1");
        assertThat(found.get("point").get("latitude").asDouble()).isEqualTo(28.37);
        assertThat(found.get("accuracyMetres").asInt()).isEqualTo(12);
        assertThat(found.get("who").asString()).isNotEmpty();
        assertThat(found("xinhe", "?unit=car1").orElseThrow().get("note").asString())
                .isEqualTo("已到岗");
        assertThat(found("city", "?node=xinhe")).isPresent();
        assertThat(node.get("xinhe", PATH + "?unit=car2").body()).doesNotContain(own);
        assertThat(node.journal("commander")).contains("CHECKED_IN", "长屿村口");
    }

    @Test
    void whatIsSentAgainIsThereOnceAndNothingElseUnderItsId() {
        var wish = wish();
        node.post("car1", PATH, wish);
        assertThat(node.post("car1", PATH, wish).statusCode()).isEqualTo(200);
        wish.put("place", "别处");
        var other = node.post("car1", PATH, wish);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(TestNode.json(other).get("code").asString()).isEqualTo("id-conflict");
        assertThat(node.get("xinhe", PATH + "?limit=500").body().split(own, -1)).hasSize(2);
    }

    @Test
    void badOnesAreRefusedByName() {
        refused("at", Instant.now().plusSeconds(600).toString());
        refused("at", "2020-01-01T00:00:00Z");
        refused("at", null);
        refused("place", " ");
        refused("place", "x".repeat(101));
        refused("note", "x".repeat(251));
        refused("clientId", "a b");
        refused("point", Map.of("latitude", 91, "longitude", 0));
        refused("accuracyMetres", -1);
        assertThat(found("xinhe", "?limit=500")).isEmpty();
    }

    @Test
    void onlyWhoIsInTheFieldChecksInAndOnlyRoomsReadTheirOwn() {
        node.post("car1", PATH, wish());
        assertThat(node.get("car1", PATH).statusCode()).isEqualTo(403);
        assertThat(node.get("zeguo", PATH).body()).doesNotContain(own);
        assertThat(node.get("zeguo", PATH + "?node=xinhe").statusCode()).isEqualTo(404);
        assertThat(node.post("admin", PATH, wish()).statusCode()).isEqualTo(403);
        assertThat(node.get("xinhe", PATH + "?from=2020-01-01T00:00:00Z").statusCode())
                .isEqualTo(400);
    }

    private void refused(String field, @Nullable Object value) {
        var wish = wish();
        wish.put(field, value);
        var answer = node.post("car1", PATH, wish);
        assertThat(answer.statusCode()).as("%s %s", field, value).isEqualTo(400);
        assertThat(answer.body()).contains(field);
    }

    private HashMap<String, @Nullable Object> wish() {
        var wish = new HashMap<String, @Nullable Object>();
        wish.put("clientId", own);
        wish.put("place", "长屿村口");
        wish.put("point", Map.of("latitude", 28.37, "longitude", 121.37));
        wish.put("accuracyMetres", 12);
        wish.put("note", "已到岗");
        wish.put("at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        return wish;
    }

    private Optional<JsonNode> found(String reader, String query) {
        for (var one : TestNode.json(node.get(reader, PATH + query))) {
            if (one.get("id").asString().equals(own)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
