package org.maplebridge.dispatch.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.maplebridge.dispatch.incident.Incident.State;
import org.maplebridge.dispatch.incident.IncidentWorkflow.Outcome;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

class IncidentWorkflowTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Incident HANDLED =
            new Incident(
                    new IncidentId("i-1"),
                    "20261121-001",
                    "噪声纠纷",
                    Severity.ORANGE,
                    State.HANDLING,
                    new NodeId("xinhe"),
                    "中心大街",
                    null,
                    NOON.minusSeconds(600),
                    null,
                    3);

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HANDLING")
    void anOpenIncidentGoesToAnyOtherStep(State to) {
        var step = IncidentWorkflow.step(HANDLED, to, NOON);

        assertThat(step.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(step.next().state()).isEqualTo(to);
        assertThat(step.next().closedAt()).isEqualTo(to == State.CLOSED ? NOON : null);
        assertThat(step.next().version()).isEqualTo(3);
    }

    @Test
    void standingThereAlreadyIsNoChange() {
        var step = IncidentWorkflow.step(HANDLED, State.HANDLING, NOON);

        assertThat(step).isEqualTo(new IncidentWorkflow.Step(HANDLED, Outcome.REPEATED));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CLOSED")
    void whatIsClosedStaysClosed(State to) {
        var closed = IncidentWorkflow.step(HANDLED, State.CLOSED, NOON).next();

        assertThat(IncidentWorkflow.step(closed, to, NOON.plusSeconds(1)))
                .isEqualTo(new IncidentWorkflow.Step(closed, Outcome.NOT_ALLOWED));
        assertThat(IncidentWorkflow.step(closed, State.CLOSED, NOON).outcome())
                .isEqualTo(Outcome.REPEATED);
    }
}
