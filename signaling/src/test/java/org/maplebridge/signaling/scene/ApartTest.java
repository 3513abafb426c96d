package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.model.MemberId;

class ApartTest {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");
    private static final MemberId NODE = new MemberId("b");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final Apart apart = new Apart(now::get);

    @Test
    void theFirstThatWasMissedCountsAndAMinuteBefore() {
        assertThat(apart.changed(new MembershipChange.Left(NODE))).isEmpty();
        now.set(NOON.plusSeconds(600));
        assertThat(apart.changed(new MembershipChange.Left(NODE))).isEmpty();
        assertThat(apart.changed(new MembershipChange.Joined(NODE))).isEmpty();
        assertThat(apart.changed(new MembershipChange.Merged(NODE)))
                .contains(NOON.minusSeconds(60));
        assertThat(apart.changed(new MembershipChange.Merged(NODE))).isEmpty();
    }
}
