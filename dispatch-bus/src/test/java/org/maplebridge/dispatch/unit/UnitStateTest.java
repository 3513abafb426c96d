package org.maplebridge.dispatch.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

class UnitStateTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("xinhe");
    private static final UserId BOB = new UserId("xinhe-emergency");
    private static final SessionId FIRST = new SessionId("s1");
    private static final SessionId SECOND = new SessionId("s2");

    @Test
    void aRoomIsOnlineFromTheFirstSeatToTheLast() {
        UnitState state = UnitState.offline(new UnitId("xinhe"), NOON);

        state = state.joined(FIRST, ANN, NOON.plusSeconds(1));
        state = state.joined(SECOND, BOB, NOON.plusSeconds(2));
        assertThat(state.isOnline()).isTrue();
        assertThat(state.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(state.people().values()).containsExactly(ANN, BOB);

        state = state.left(FIRST, NOON.plusSeconds(3));
        assertThat(state.isOnline()).isTrue();
        state = state.left(SECOND, NOON.plusSeconds(4));
        assertThat(state.isOnline()).isFalse();
        assertThat(state.since()).isEqualTo(NOON.plusSeconds(4));
    }

    @Test
    void repeatsChangeNothing() {
        UnitState online = UnitState.offline(new UnitId("car1"), NOON).joined(FIRST, ANN, NOON);

        assertThat(online.joined(FIRST, ANN, NOON.plusSeconds(9))).isSameAs(online);
        assertThat(online.left(SECOND, NOON.plusSeconds(9))).isSameAs(online);
        assertThat(online.says(UnitStatus.AVAILABLE)).isSameAs(online);
        assertThat(online.says(UnitStatus.BUSY).status()).isEqualTo(UnitStatus.BUSY);
    }

    @Test
    void everyStatusHasAWordOnTheWire() {
        for (UnitStatus status : UnitStatus.values()) {
            assertThat(UnitStatus.ofCode(status.code())).contains(status);
        }
        assertThat(UnitStatus.ofCode("asleep")).isEmpty();
    }
}
