package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.RevokeCause;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

class SpeechTest {
    private static final SessionId ANN = new SessionId("ann");

    @Test
    void endsByWhatTheFloorHeardLast() {
        assertThat(end(new FloorInput.Release(ANN))).isEqualTo(BurstEnd.RELEASED);
        assertThat(end(new FloorInput.Leave(ANN))).isEqualTo(BurstEnd.LEFT);
        assertThat(end(new FloorInput.Wake())).isEqualTo(BurstEnd.SILENT);
        assertThat(end(new FloorInput.End())).isEqualTo(BurstEnd.CALL_OVER);
        assertThat(end(FloorInput.Request.of(ANN))).isEqualTo(BurstEnd.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "TALKED_TOO_LONG, TALKED_TOO_LONG",
        "PRE_EMPTED, PRE_EMPTED",
        "NO_PERMISSION, NOT_PERMITTED",
        "ONLY_ONE_PARTICIPANT, ALONE",
        "NO_RESOURCES, OTHER",
        "OTHER, OTHER"
    })
    void whoWasToldToStopDidNotJustLetGo(RevokeCause revoked, BurstEnd end) {
        assertThat(Speech.endOf(new FloorInput.Release(ANN), revoked)).isEqualTo(end);
    }

    @Test
    void anOrderThatWasNotSpokenIsNamed() {
        var order = new Speech.SpokenOrder(new OrderId("o-1"), Severity.RED);

        assertThat(order.nothingSaid().re()).isNull();
        assertThat(order.nothingSaid().code()).isEqualTo("nothing-said");
        assertThat(order.nothingSaid().params()).containsEntry("order", "o-1");
    }

    private static BurstEnd end(FloorInput last) {
        return Speech.endOf(last, null);
    }
}
