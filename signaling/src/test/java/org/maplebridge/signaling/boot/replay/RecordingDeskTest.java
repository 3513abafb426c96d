package org.maplebridge.signaling.boot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.boot.FakeRelay;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.recording.RecordingDesk;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.Sources;

/// What is recorded follows what is wanted, round by round, by a clock that the test sets.
class RecordingDeskTest {
    private static final UnitId CAR = new UnitId("car1");
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final long GIB = 1L << 30;

    @TempDir Path folder;
    private final List<Live> lives = new ArrayList<>();
    private final AtomicReference<RunningRecordings> running = new AtomicReference<>();
    private final FakeRelay relay =
            new FakeRelay(event -> {
                if (event instanceof RelayEvent.OfRecording recording) {
                    running.get().on(recording);
                }
            });
    private JdbcRecord record;
    private RecordingDesk desk;
    private boolean watched;
    private long free = 100 * GIB;
    private Instant now = NOON;
    private Executor executor = Runnable::run;

    @BeforeEach
    void open() throws Exception {
        record = JdbcRecord.open(JdbcSettings.embedded(folder));
        var scene =
                new RecordingDesk.Scene() {
                    @Override
                    public List<Live> lives() {
                        return lives;
                    }

                    @Override
                    public boolean isWatched(UnitId unit) {
                        return watched;
                    }
                };
        var ground =
                new RunningRecordings.Ground(
                        new RecordingFiles(folder.resolve("recordings")),
                        new RecordingKey("k", new byte[32]),
                        () -> Optional.of("here"),
                        () -> free,
                        GIB,
                        2 * GIB);
        running.set(
                new RunningRecordings(
                        relay,
                        record.recordings(),
                        record.journal(),
                        ground,
                        task -> executor.execute(task),
                        () -> now));
        desk =
                new RecordingDesk(
                        running.get(),
                        record.recordings(),
                        scene,
                        new RecordingDesk.Policy(true, true),
                        _ -> {},
                        task -> executor.execute(task),
                        () -> now);
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Test
    void whatNobodyWantsAnyMoreGoesOnForAMinute() {
        live(NOON, true);
        round(0);
        assertThat(relay.recordings()).isEmpty();
        watched = true;
        round(2);
        assertThat(relay.recordings())
                .as("who is muted is not heard")
                .containsExactly(Sources.camera(CAR));
        watched = false;
        round(60);
        assertThat(relay.recordings()).isNotEmpty();
        round(63);
        assertThat(relay.recordings()).isEmpty();
        assertThat(running.get().count()).isZero();
    }

    @Test
    void anotherStreamIsAnotherRecording() throws RecordUnavailable {
        watched = true;
        live(NOON, false);
        round(0);
        lives.clear();
        live(NOON.plusSeconds(5), false);
        round(6);
        assertThat(relay.recordings()).hasSize(2);
        round(8);
        assertThat(record.recordings().running(9)).hasSize(2);
        assertThat(journal()).filteredOn(JournalKind.RECORDING_ENDED::equals).hasSize(2);
    }

    @Test
    void withoutRoomNothingNewIsBegunAndThatIsSaidOnceInAWhile() throws RecordUnavailable {
        watched = true;
        free = GIB / 2;
        live(NOON, true);
        round(0);
        round(2);
        assertThat(relay.recordings()).isEmpty();
        assertThat(journal()).containsExactly(JournalKind.RECORDING_FAILED);
        free = 3 * GIB;
        round(40);
        round(42);
        assertThat(relay.recordings()).isNotEmpty();
    }

    @Test
    void aNodeThatLeavesEndsWhatItRecordsAndBeginsNothingMore() throws RecordUnavailable {
        watched = true;
        live(NOON, false);
        round(0);
        assertThat(relay.recordings()).hasSize(2);
        running.get().close();
        assertThat(relay.recordings()).isEmpty();
        assertThat(record.recordings().running(9)).isEmpty();
        assertThat(journal()).filteredOn(JournalKind.RECORDING_ENDED::equals).hasSize(2);
        round(2);
        assertThat(relay.recordings()).isEmpty();
        assertThat(journal()).doesNotContain(JournalKind.RECORDING_FAILED);
    }

    @Test
    void whatTheRelayTellsWhenNobodyListensAnyMoreIsLeftToTheNextStart() throws RecordUnavailable {
        watched = true;
        live(NOON, true);
        round(0);
        var id = record.recordings().running(9).getFirst().id();
        executor =
                _ -> {
                    throw new RejectedExecutionException("the node has left");
                };
        relay.stopRecording(new RecordingId(id)); // would throw what its listener throws
        round(2);
        assertThat(relay.recordings()).isEmpty();
        assertThat(record.recordings().running(9)).hasSize(1);
    }

    private List<JournalKind> journal() throws RecordUnavailable {
        return record.journal().latest(Subject.of(CAR), 99).stream()
                .map(entry -> entry.happening().kind())
                .toList();
    }

    private void round(long second) {
        now = NOON.plusSeconds(second);
        desk.round();
    }

    private void live(Instant since, boolean muted) {
        lives.add(new Live(CAR, new SessionId("s"), null, since, Camera.BACK, muted, null));
    }
}
