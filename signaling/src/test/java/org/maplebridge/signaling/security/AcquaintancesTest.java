package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.SessionToken;

class AcquaintancesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");

    private final Acquaintances acquaintances = new Acquaintances(2);

    @Test
    void whoWasMetIsKnownUntilTheSignInEnds() {
        acquaintances.met(token("a", 60));
        assertThat(acquaintances.known("a", NOW)).contains(token("a", 60));
        assertThat(acquaintances.known("a", NOW.plusSeconds(60))).isEmpty();
        assertThat(acquaintances.known("b", NOW)).isEmpty();
    }

    @Test
    void whoSignedOutIsForgotten() {
        acquaintances.met(token("a", 60));
        acquaintances.forget("a");
        assertThat(acquaintances.known("a", NOW)).isEmpty();
    }

    @Test
    void whoCameLongestAgoIsGivenUp() {
        acquaintances.met(token("a", 60));
        acquaintances.met(token("b", 60));
        acquaintances.known("a", NOW);
        acquaintances.met(token("c", 60));
        assertThat(acquaintances.known("b", NOW)).isEmpty();
        assertThat(acquaintances.known("a", NOW)).isPresent();
        assertThat(acquaintances.known("c", NOW)).isPresent();
    }

    private static SessionToken token(String hash, long seconds) {
        return new SessionToken(hash, new UserId("car1"), NOW, NOW.plusSeconds(seconds));
    }
}
