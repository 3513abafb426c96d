package org.maplebridge.dispatch.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;

class BurstTest {
    private static final CallId TOWN = new CallId("town");

    @Test
    void aSlipOfTheFingerIsNoWordAndAWordNoOrder() {
        assertThat(lasting(199).isWords()).isFalse();
        assertThat(lasting(200).isWords()).isTrue();
        assertThat(lasting(499).canBeOrder()).isFalse();
        assertThat(lasting(500).canBeOrder()).isTrue();
    }

    @Test
    void isHeardAtLeastWhereItWasSaid() {
        assertThat(lasting(500).calls()).containsExactly(TOWN);
    }

    @Test
    void doesNotEndBeforeItBegins() {
        assertThatThrownBy(() -> lasting(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void becomesAnOrderAndNothingElseOfItChanges() {
        var order = new OrderId("o-1");

        assertThat(lasting(500).with(order).order()).isEqualTo(order);
        assertThat(lasting(500).with(order).with(null)).isEqualTo(lasting(500));
    }

    @Test
    void nothingIsWrittenDownByItself() {
        assertThat(Transcriber.NONE.words(new BurstId("b"), Path.of("b.opus"))).isEmpty();
    }

    private static Burst lasting(long millis) {
        return new Burst(
                new BurstId("b-1"),
                TOWN,
                Set.of(),
                Set.of(),
                new Burst.Talker(new SessionId("s-1"), new UserId("ann"), null),
                new Turn(
                        Severity.YELLOW,
                        0,
                        Turn.Result.GRANTED,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        BurstEnd.RELEASED),
                millis,
                null,
                Set.of(),
                null,
                null);
    }
}
