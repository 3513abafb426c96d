package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.mediation.telephone.CallSteps;
import org.maplebridge.signaling.mediation.telephone.TelephoneLine;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.security.Secrets;

/// What becomes of calls whose gateway says nothing more, by a clock of our own.
class SilentGatewayTest {
    private static final String KEY = "key:k-1";

    private final TestNode node = TestNode.shared();
    private final Guests guests = new Guests(node, Map.of());
    private final AtomicLong clock = new AtomicLong(1);
    private final TableDoor door = node.bean("tableDoor", TableDoor.class);
    private final RecordStores record = node.bean("recordStores", RecordStores.class);
    private final Telephones telephones =
            new Telephones(
                    new CallSteps(record.mediations(), door, InstantSource.system()),
                    node.bean("sealing", Sealing.class),
                    node.bean("secrets", Secrets.class),
                    clock::get);

    @Test
    void aCallOutlivesItsGatewayBySecondsAndIsForgottenAfterItsLastWords() throws Exception {
        var line = seated();
        assertThat(door.tables().of(mediation()).orElseThrow().sits(line)).isTrue();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(40));
            telephones.connected(line, true);
            assertThat(calls())
                    .singleElement()
                    .satisfies(one -> assertThat(one.stage().name()).isEqualTo("SEATED"));
            telephones.tick();
        }
        pass(Duration.ofSeconds(50));
        telephones.tick();
        assertThat(door.tables().of(mediation())).as("they left the table").isEmpty();
        assertThat(calls())
                .singleElement()
                .satisfies(one -> assertThat(one.stage().name()).isEqualTo("OVER"));
        pass(Duration.ofSeconds(61));
        telephones.tick();
        assertThat(calls()).isEmpty();
    }

    @Test
    void aVoiceThatDoesNotComeBackEndsTheCall() throws Exception {
        var line = seated();
        telephones.connected(line, true);
        pass(Duration.ofSeconds(30));
        assertThat(calls()).hasSize(1);
        telephones.tick();
        assertThat(door.tables().of(mediation())).isPresent();
        telephones.connected(line, false);
        pass(Duration.ofSeconds(15));
        telephones.tick();
        assertThat(door.tables().of(mediation())).as("it may come back").isPresent();
        pass(Duration.ofSeconds(6));
        telephones.tick();
        assertThat(door.tables().of(mediation())).isEmpty();
    }

    @Test
    void aRevokedKeyAndANodeThatGoesDownEndTheirCalls() throws Exception {
        seated();
        telephones.revoked(KEY);
        assertThat(door.tables().of(mediation())).isEmpty();
        calls();
        seated();
        telephones.close();
        assertThat(door.tables().of(mediation())).isEmpty();
        long seen = telephones.calls(KEY, 0, Duration.ZERO).seen();
        var answered = telephones.calls(KEY, seen, Duration.ofMinutes(5));
        assertThat(answered.calls()).as("nobody waits any more").isNotEmpty();
    }

    private TelephoneLine seated() throws Exception {
        calls();
        var mediation = record.mediations().find(mediation()).orElseThrow();
        var ann = mediation.person(new PersonId("p2")).orElseThrow();
        var came = telephones.came(KEY, mediation, ann);
        var line = ((Telephones.Came.In) came).line();
        assertThat(telephones.pressed(line, "12")).isEmpty();
        return line;
    }

    private MediationId mediation() {
        return new MediationId(guests.id);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private List<TelephoneLine.View> calls() throws InterruptedException {
        return telephones.calls(KEY, 0, Duration.ZERO).calls();
    }
}
