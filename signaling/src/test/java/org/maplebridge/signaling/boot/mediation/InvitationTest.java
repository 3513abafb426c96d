package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;

/// Links to a mediation's table in the wrong hands, and in too many.
class InvitationTest {
    private final TestNode node = TestNode.hasty();
    private final Guests guests = new Guests(node, Map.of());

    @Test
    void whatIsUsedReplacedOrGuessedIsRefusedByName() {
        var first = guests.invite("p2");
        var second = guests.invite("p2");
        assertThat(code(first)).isEqualTo("invitation-revoked");
        assertThat(guests.show(second).statusCode()).isEqualTo(201);
        assertThat(code(second)).as("forwarded, or opened twice").isEqualTo("invitation-used");
        assertThat(code("x".repeat(43))).isEqualTo("unknown-invitation");
        assertThat(code("")).isEqualTo("malformed");
        var own = node.post("mediator", path("p1"), Map.of());
        assertThat(own.statusCode()).as("who has an account comes by it").isEqualTo(404);
        assertThat(node.post("xinhe", path("p2"), Map.of()).statusCode()).isEqualTo(403);
    }

    private String path(String person) {
        return "/api/mediations/" + guests.id + "/people/" + person + "/invitations";
    }

    private String code(String link) {
        return TestNode.json(guests.show(link)).get("code").asString();
    }

    /// As many as a chat group has; from one address, which the node slows down beside it.
    @Test
    void aLinkOpensOnceForWhoeverIsFirst() throws Exception {
        var link = guests.invite("p2");
        var codes = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(32)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 500; i++) {
                calls.add(() -> guests.show(link).statusCode());
            }
            for (var future : threads.invokeAll(calls)) {
                codes.add(future.get());
            }
        }
        assertThat(codes).filteredOn(code -> code == 201).hasSize(1);
        assertThat(codes).containsOnly(201, 409, 429);
    }
}
