package org.maplebridge.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.Finisher;

class RecordingRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final UnitId CAR = new UnitId("car1");

    @TempDir Path folder;
    private JdbcRecord record;
    private RecordingFiles files;
    private RecordingRetention retention;

    @BeforeEach
    void open() throws RecordUnavailable, IOException {
        record = JdbcRecord.open(JdbcSettings.embedded(folder));
        files = new RecordingFiles(folder.resolve("recordings"));
        retention =
                new RecordingRetention(
                        record.recordings(),
                        files,
                        new CutOff(),
                        null,
                        () -> Optional.of("here"),
                        Duration.ofDays(90),
                        () -> NOW);
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Test
    void whatAKilledNodeLeftIsEndedByWhatItsFileProves() throws Exception {
        var cut = begin("cut", "here", NOW.minusSeconds(60), true);
        var away = begin("away", "there", NOW.minusSeconds(60), false);
        retention.recover();
        var found = record.recordings().find(cut.id()).orElseThrow();
        var ending = Objects.requireNonNull(found.ending());
        assertThat(ending.bytes()).isEqualTo(5);
        assertThat(ending.chain()).isEqualTo("c".repeat(64));
        assertThat(ending.complete()).isFalse();
        assertThat(record.recordings().find(away.id()).orElseThrow().ending())
                .as("another node's is that node's")
                .isNull();
        assertThat(record.journal().latest(Subject.of(CAR), 9).getLast().happening().detail())
                .containsEntry("reason", "cut-off")
                .containsEntry("chain", "c".repeat(64));
    }

    @Test
    void whatIsOldGoesWithItsFileAndWhatOthersKeepStays() throws Exception {
        var old = ended(begin("old", "here", NOW.minus(Duration.ofDays(91)), true));
        var young = ended(begin("young", "here", NOW.minus(Duration.ofDays(89)), true));
        var away = ended(begin("away", "there", NOW.minus(Duration.ofDays(91)), false));
        retention.round();
        assertThat(record.recordings().find(old.id())).isEmpty();
        assertThat(files.find(old)).isEmpty();
        assertThat(files.find(young)).isPresent();
        assertThat(record.recordings().find(away.id())).isPresent();
    }

    @Test
    void namesLeadNowhereElse() {
        var outside =
                new Recording(
                        "x",
                        new Recording.Whose.Unit(CAR),
                        Recording.Medium.PICTURE,
                        "../maplebridge.mv.db",
                        "here",
                        NOW,
                        Set.of());
        assertThat(files.find(outside)).isEmpty();
    }

    /// Finds every file cut off.
    private static final class CutOff implements Finisher {
        @Override
        public CompletableFuture<Piece> finish(Wish wish) {
            return CompletableFuture.failedFuture(new Failed("broke-off", "test"));
        }

        @Override
        public Proof prove(Path recording) throws IOException {
            return new Proof(true, false, 0, 0, Files.size(recording), "c".repeat(64), null);
        }
    }

    private Recording begin(String id, String holder, Instant since, boolean file)
            throws RecordUnavailable, IOException {
        var recording =
                new Recording(
                        id,
                        new Recording.Whose.Unit(CAR),
                        Recording.Medium.PICTURE,
                        RecordingFiles.name(id, since),
                        holder,
                        since,
                        Set.of());
        record.recordings().begin(recording, happening(since));
        if (file) {
            var path = files.place(recording.file());
            Files.createDirectories(path.getParent());
            Files.writeString(path, "bytes");
        }
        return recording;
    }

    private Recording ended(Recording recording) throws RecordUnavailable {
        Instant at = recording.startedAt();
        var ended = recording.ended(new Recording.Ending(at, at.plusSeconds(9), 5, "", 0, true));
        record.recordings().end(ended, happening(at));
        return ended;
    }

    private static Happening happening(Instant at) {
        return new Happening(
                at, JournalKind.RECORDING_BEGAN, null, null, List.of(Subject.of(CAR)), Map.of());
    }
}
