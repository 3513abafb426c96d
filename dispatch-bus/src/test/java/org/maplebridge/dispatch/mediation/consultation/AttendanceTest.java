package org.maplebridge.dispatch.mediation.consultation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.consultation.Attendance.Span;
import org.maplebridge.dispatch.mediation.consultation.Attendance.Step;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

class AttendanceTest {
    private static final PersonId ANN = new PersonId("p1");
    private static final PersonId BO = new PersonId("p2");

    @Test
    void whoComesAndGoesHasSatTwice() {
        var spans =
                Attendance.of(
                        List.of(
                                step(ANN, true, 0),
                                step(BO, true, 10),
                                step(ANN, false, 20),
                                step(ANN, true, 30)),
                        at(60));
        assertThat(spans)
                .containsExactly(
                        new Span(ANN, at(0), at(20)),
                        new Span(BO, at(10), at(60)),
                        new Span(ANN, at(30), at(60)));
    }

    @Test
    void aDeathOfTheNodeIsNoGoing() {
        var spans = Attendance.of(List.of(step(ANN, true, 0), step(ANN, true, 40)), at(60));
        assertThat(spans).containsExactly(new Span(ANN, at(0), at(60)));
    }

    @Test
    void whoWentAndNeverCameIsNobody() {
        assertThat(Attendance.of(List.of(step(ANN, false, 5)), at(60))).isEmpty();
    }

    @Test
    void aPresetFitsIntoOneRoomAndNamesNobodyTwice() {
        assertThatThrownBy(() -> preset("a")).hasMessage("iron of xinhe has 1 members, not 2 to 7");
        assertThatThrownBy(() -> preset("a", "b", "c", "d", "e", "f", "g", "h"))
                .hasMessageContaining("has 8 members");
        assertThatThrownBy(() -> preset("a", "a")).hasMessage("iron of xinhe names somebody twice");
        assertThatThrownBy(() ->
                        new Preset(
                                "../x",
                                Name.of("会"),
                                new NodeId("xinhe"),
                                Collections.nCopies(2, new UserId("a"))))
                .hasMessage("has no id");
    }

    private static Preset preset(String... members) {
        return new Preset(
                "iron",
                Name.of("会"),
                new NodeId("xinhe"),
                List.of(members).stream().map(UserId::new).toList());
    }

    private static Step step(PersonId who, boolean came, long second) {
        return new Step(who, came, at(second));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
