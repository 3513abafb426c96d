package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.AuditEntry.Kind;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

class AuditTest {
    private static final Instant AT = Instant.parse("2026-11-29T03:00:00Z");

    private final Record record = new Record();

    /// Answers, or does not.
    private static final class Record implements AuditStore {
        final BlockingQueue<AuditEntry> written = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> refused = new LinkedBlockingQueue<>();
        volatile boolean away;

        @Override
        public void append(AuditEntry entry) throws RecordUnavailable {
            append(List.of(entry));
        }

        @Override
        public void append(List<AuditEntry> entries) throws RecordUnavailable {
            if (away) {
                refused.add(entries.size());
                throw new RecordUnavailable("away", new IOException("away"));
            }
            written.addAll(entries);
        }

        @Override
        public List<AuditEntry> find(
                String who, String subject, Instant from, Instant until, int limit) {
            return List.copyOf(written);
        }
    }

    private Audit audit(Duration pause) {
        return new Audit(record, InstantSource.fixed(AT), pause);
    }

    @Test
    void whatEndsWhileTheRecordIsAwayIsWrittenWhenItAnswersAgainOnce() throws Exception {
        try (var audit = audit(Duration.ofMillis(1))) {
            record.away = true;
            audit.end(Kind.HEARING_ENDED, "xinhe", "group-xinhe", Map.of("session", "s-1"));
            audit.end(Kind.WATCH_ENDED, "xinhe", "car1", Map.of());
            for (int tries = 0; tries < 4; tries++) {
                assertThat(record.refused.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            record.away = false;

            var first = record.written.poll(10, TimeUnit.SECONDS);
            var second = record.written.poll(10, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            assertThat(first.kind()).isEqualTo(Kind.HEARING_ENDED);
            assertThat(first.at()).isEqualTo(AT);
            assertThat(second).isNotNull();
            assertThat(second.kind()).isEqualTo(Kind.WATCH_ENDED);
        }
        assertThat(record.written).isEmpty();
    }

    @Test
    void whatIsStillKeptBackIsWrittenWhenTheNodeStops() {
        var audit = audit(Duration.ofDays(1));
        record.away = true;
        audit.end(Kind.HEARING_ENDED, "xinhe", "group-xinhe", Map.of());
        assertThat(audit.waiting()).isEqualTo(1);
        record.away = false;

        audit.close();

        assertThat(record.written).hasSize(1);
        assertThat(audit.waiting()).isZero();
    }

    @Test
    void withoutTheRecordNothingBegins() {
        try (var audit = audit(Duration.ofDays(1))) {
            record.away = true;
            assertThatThrownBy(() -> audit.begin(Kind.HEARING_STARTED, "xinhe", "car1", Map.of()))
                    .isInstanceOf(RecordUnavailable.class);
            assertThat(audit.waiting()).isZero();
        }
    }
}
