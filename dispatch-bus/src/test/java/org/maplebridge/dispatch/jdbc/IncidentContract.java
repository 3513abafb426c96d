package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises about incidents. Tests share one database and use ids of their own.
abstract class IncidentContract {
    static final Instant NOON = Instant.parse("2026-11-27T04:00:00.123456Z");
    static final UserId CLERK = new UserId("xinhe");
    static final NodeId XINHE = new NodeId("xinhe");

    abstract RecordStores store();

    @Test
    void incidentsAreNumberedByTheRecordHoweverManyAreOpenedAtOnce() throws Exception {
        List<Callable<Incident>> work = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            var incident = received("numbered-" + n);
            work.add(() -> store().incidents().open(incident, opened(incident)).orElseThrow());
        }

        var numbers = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) {
                Incident incident = done.get();
                assertThat(incident.number()).matches("2026-\\d{6,}");
                assertThat(store().incidents().find(incident.id())).contains(incident);
                numbers.add(incident.number());
            }
        }

        assertThat(numbers).hasSize(40);
    }

    @Test
    void anIdThatIsTakenOpensNothing() throws RecordUnavailable {
        var incident = received("taken");
        store().incidents().open(incident, opened(incident)).orElseThrow();

        assertThat(store().incidents().open(incident, opened(incident))).isEmpty();
        assertThat(store().journal().about(Subject.of(incident.id()), 0, 10)).hasSize(1);
    }

    static Incident received(String id) {
        return Incident.received(
                new IncidentId(id),
                "路灯不亮",
                Severity.YELLOW,
                XINHE,
                "新河镇中心大道",
                new GeoPoint(28.37, 121.38),
                NOON);
    }

    static Happening opened(Incident incident) {
        return Happening.by(
                CLERK, NOON, JournalKind.INCIDENT_OPENED, List.of(Subject.of(incident.id())));
    }
}
