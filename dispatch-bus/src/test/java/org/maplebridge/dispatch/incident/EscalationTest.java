package org.maplebridge.dispatch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.incident.Matter.*;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.Severity;

class EscalationTest {
    /// One hour for the step, half an hour of patience.
    private static final Instant PATIENCE_OVER = NOON.plus(Duration.ofMinutes(90));

    private static final Escalation ESCALATION = new Escalation(WORKFLOW);

    @Test
    void whatIsLateForLongBecomesGraverByOneDegree() {
        assertThat(escalated(received(), PATIENCE_OVER)).isEmpty();
        var later = PATIENCE_OVER.plusSeconds(1);
        assertThat(escalated(received(), later)).contains(Severity.ORANGE);
        assertThat(escalated(received(Severity.ORANGE, null), later)).contains(Severity.RED);
        assertThat(escalated(received(Severity.RED, null), later)).isEmpty();
    }

    @Test
    void aReasonGivenInTimeKeepsItAsItIs() {
        var extended = done(received(), new Action.Extend("道路封闭"), SEAT, PATIENCE_OVER);
        assertThat(escalated(extended, PATIENCE_OVER.plusSeconds(1))).isEmpty();
        assertThat(escalated(extended, PATIENCE_OVER.plus(Duration.ofMinutes(91))))
                .contains(Severity.ORANGE);
    }

    @Test
    void whatIsClosedIsNeverLate() {
        var later = PATIENCE_OVER.plus(Duration.ofDays(9));
        assertThat(escalated(closed(), later)).isEmpty();
        assertThat(escalated(merged(), later)).isEmpty();
    }

    private static Optional<Severity> escalated(Dossier dossier, Instant now) {
        return ESCALATION.step(dossier, now).map(done -> done.next().incident().severity());
    }
}
