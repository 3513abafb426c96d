package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.IceServer;

class IceServersTest {
    private static final Instant NOW = Instant.parse("2026-08-31T00:00:00Z");
    private static final IceServer STUN =
            new IceServer(List.of("stun:stun.county.example"), null, null);
    private static final IceServers.Turn TURN =
            new IceServers.Turn(
                    List.of("turns:turn.county.example:443?transport=tcp"),
                    "north wind and sun",
                    Duration.ofDays(1));

    /// Made by another program: `printf '1788220800:car1' | openssl dgst -sha1 -hmac …`.
    @Test
    void eachClientHasCredentialsOfItsOwnForADay() {
        var servers = new IceServers(List.of(STUN), TURN).of("car1", NOW);

        assertThat(servers)
                .containsExactly(
                        STUN,
                        new IceServer(
                                TURN.urls(), "1788220800:car1", "MPXAr/qF37sUpU8ILF9wYOOWPdk="));
        assertThat(new IceServers(List.of(), TURN).of("car2", NOW).getFirst().credential())
                .isNotEqualTo(servers.getLast().credential());
    }

    @Test
    void withoutATurnServerThereAreTheFixedOnes() {
        assertThat(new IceServers(List.of(STUN), null).of("car1", NOW)).containsExactly(STUN);
    }
}
