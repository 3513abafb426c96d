package org.maplebridge.signaling.recording;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.finish.FinisherProcess;
import org.maplebridge.media.record.file.RecordingWriter;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.Sha256;
import org.maplebridge.signaling.objects.WatchedObjects;
import org.maplebridge.signaling.objects.s3.TestS3;

/// From a recording's end until it is forgotten, with a real record and a real object store.
class RecordingUploadsTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final UnitId CAR = new UnitId("car1");
    private static final Duration KEPT_HERE = Duration.ofHours(24);

    @TempDir static Path place;
    @TempDir Path folder;
    private static TestS3 server;
    private JdbcRecord record;
    private RecordingFiles files;
    private WatchedObjects objects;
    private RecordingUploads uploads;
    private RecordingRetention retention;
    private StoredRecordings stored;
    private Instant now = NOON;

    @BeforeAll
    static void start() throws IOException {
        server = TestS3.startIn(place);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws RecordUnavailable, IOException {
        record = JdbcRecord.open(JdbcSettings.embedded(folder));
        files = new RecordingFiles(folder.resolve("recordings"));
        objects = new WatchedObjects(server.open());
        uploads =
                new RecordingUploads(
                        record.recordings(),
                        files,
                        objects,
                        () -> Optional.of("here"),
                        KEPT_HERE,
                        () -> now);
        var finisher = new FinisherProcess(folder, 1, 1);
        var copies = copies(1 << 30, 0);
        stored = new StoredRecordings(objects, copies);
        retention =
                new RecordingRetention(
                        record.recordings(),
                        files,
                        finisher,
                        stored,
                        () -> Optional.of("here"),
                        Duration.ofDays(90),
                        () -> now);
    }

    private StoredCopies copies(long most, long leastFree) throws IOException {
        return new StoredCopies(
                objects,
                new FinisherProcess(folder, 1, 1),
                files,
                folder.resolve("copies"),
                most,
                leastFree,
                () -> now);
    }

    @AfterEach
    void close() {
        objects.close();
        record.close();
    }

    @Test
    void whatHasEndedIsBroughtAndItsFileGoesADayLater() throws Exception {
        var running = begin("running", "here", NOON);
        var mine = ended(begin("mine", "here", NOON));
        var others = ended(begin("others", "there", NOON));
        uploads.round();
        assertThat(server.file(mine.file())).hasSameBinaryContentAs(files.place(mine.file()));
        assertThat(server.file(running.file())).doesNotExist();
        assertThat(server.file(others.file())).as("another node's").doesNotExist();
        var how = Objects.requireNonNull(found(mine).stored());
        assertThat(how.sha256()).isEqualTo(Sha256.of(files.place(mine.file())));
        assertThat(uploads.done()).isOne();
        assertThat(uploads.waiting()).isZero();

        now = NOON.plus(KEPT_HERE);
        uploads.round();
        assertThat(files.find(mine)).isPresent();
        now = now.plusSeconds(1);
        uploads.round();
        assertThat(files.find(mine)).isEmpty();
        assertThat(found(mine).holder()).isNull();
        assertThat(stored.fetch(found(mine)).get())
                .hasSameBinaryContentAs(server.file(mine.file()));
    }

    @Test
    void whatTheStoreLostIsBroughtAgainBeforeTheFileGoes() throws Exception {
        var mine = ended(begin("lost", "here", NOON));
        uploads.round();
        Files.delete(server.file(mine.file()));
        now = NOON.plus(KEPT_HERE).plusSeconds(1);
        uploads.round();
        assertThat(server.file(mine.file())).exists();
        assertThat(files.find(mine)).isEmpty();
    }

    @Test
    void whileTheStoreIsAwayEverythingWaitsAndNothingIsLost() throws Exception {
        var mine = ended(begin("waits", "here", NOON));
        var old = ended(begin("old", "here", NOON));
        uploads.round();
        server.kill();
        now = NOON.plus(KEPT_HERE).plusSeconds(1);
        var late = ended(begin("late", "here", now.minusSeconds(60)));
        try {
            uploads.round();
            assertThat(objects.isAway()).isTrue();
            assertThat(uploads.waiting()).isOne();
            assertThat(uploads.waitingSeconds()).isEqualTo(51);
            assertThat(files.find(mine)).as("it may be the last copy").isPresent();
            long failures = objects.failures();
            now = now.plusSeconds(4);
            uploads.round();
            assertThat(objects.failures()).as("it is not asked at every round").isEqualTo(failures);
            now = now.plusSeconds(1);
            uploads.round();
            assertThat(objects.failures()).isGreaterThan(failures);

            now = NOON.plus(Duration.ofDays(91));
            retention.round();
            assertThat(found(old)).isNotNull();
            assertThat(files.find(old)).isPresent();
            assertThat(stored.fetch(found(mine)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("ObjectStoreFault");
        } finally {
            server.startAgain();
        }
        uploads.round();
        assertThat(objects.isAway()).isFalse();
        assertThat(found(late).stored()).isNotNull();
        retention.round();
        assertThat(record.recordings().find(old.id())).isEmpty();
        assertThat(files.find(old)).isEmpty();
        assertThat(server.file(old.file())).doesNotExist();
    }

    @Test
    void aChangedByteInTheStoreIsFoundAndItsBlockByTheChain() throws Exception {
        var mine = begin("chained", "here", NOON);
        write(files.place(mine.file()));
        var ended = ended(mine);
        uploads.round();
        var object = server.file(mine.file());
        var finisher = new FinisherProcess(folder, 1, 1);
        assertThat(finisher.prove(object).sound()).isTrue();
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);
        assertThat(finisher.prove(object).damage()).startsWith("block 4 at byte ");
        assertThat(stored.fetch(found(ended)))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("is not what was put");
    }

    /// A real one, of ten blocks of the same length.
    static void write(Path file) throws Exception {
        var random = new Random(5);
        var writer =
                new RecordingWriter(
                        new RecordingKey("k", new byte[32]),
                        "car1/camera",
                        NOON.toEpochMilli(),
                        () -> {
                            var some = new byte[32];
                            random.nextBytes(some);
                            return some;
                        });
        try (var out = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            out.write(writer.head());
            for (int block = 0; block < 10; block++) {
                writer.missed(block, 1);
                out.write(writer.seal(NOON.toEpochMilli() + block, block, block == 9));
            }
        }
    }

    @Test
    void whatANodeThatIsGoneBroughtIsForgottenByAnother() throws Exception {
        var mine = ended(begin("gone", "here", NOON));
        uploads.round();
        now = NOON.plus(Duration.ofDays(91));
        var other =
                new RecordingRetention(
                        record.recordings(),
                        new RecordingFiles(folder.resolve("elsewhere")),
                        new FinisherProcess(folder, 1, 1),
                        stored,
                        () -> Optional.of("there"),
                        Duration.ofDays(90),
                        () -> now);
        other.round();
        assertThat(record.recordings().find(mine.id())).isEmpty();
        assertThat(server.file(mine.file())).doesNotExist();
    }

    @Test
    void aNodeWithoutTheStoreForgetsNothingThatLiesThere() throws Exception {
        var mine = ended(begin("told", "here", NOON));
        uploads.round();
        now = NOON.plus(Duration.ofDays(91));
        new RecordingRetention(
                        record.recordings(),
                        files,
                        new FinisherProcess(folder, 1, 1),
                        null,
                        () -> Optional.of("here"),
                        Duration.ofDays(90),
                        () -> now)
                .round();
        assertThat(found(mine)).isNotNull();
        assertThat(server.file(mine.file())).exists();
    }

    @Test
    void whatWasForgottenWhileItWasOnItsWayIsTakenOutOfTheStore() throws Exception {
        var mine = ended(begin("forgotten", "here", NOON));
        ObjectStore slow = new ForgettingStore(objects, () -> record.recordings().drop(mine.id()));
        new RecordingUploads(
                        record.recordings(),
                        files,
                        slow,
                        () -> Optional.of("here"),
                        KEPT_HERE,
                        () -> now)
                .round();
        assertThat(server.file(mine.file())).doesNotExist();
    }

    @Test
    void aFileThatIsNotHereHoldsUpNobody() throws Exception {
        var lost = ended(begin("a-lost", "here", NOON.minusSeconds(9)));
        Files.delete(files.place(lost.file()));
        var mine = ended(begin("b-mine", "here", NOON));
        uploads.round();
        assertThat(found(mine).stored()).isNotNull();
        assertThat(found(lost).stored()).isNull();
    }

    @Test
    void copiesAreBoundedAndThoseInUseStay() throws Exception {
        var one = ended(begin("one", "here", NOON));
        var two = ended(begin("two", "here", NOON));
        uploads.round();
        var copies = copies(1_000, 0);
        var first = copies.fetch(found(one)).get();
        assertThat(copies.fetch(found(one)).get()).isEqualTo(first);
        var second = copies.fetch(found(two)).get();
        assertThat(first).as("a piece may be made of it now").exists();
        now = now.plus(StoredCopies.IN_USE).plusSeconds(1);
        assertThat(copies.fetch(found(two)).get()).isEqualTo(second);
        var three = ended(begin("three", "here", NOON));
        uploads.round();
        assertThat(copies.fetch(found(three)).get()).exists();
        assertThat(first).as("used longest ago").doesNotExist();
        assertThat(second).exists();
        now = now.plus(StoredCopies.UNUSED).plusSeconds(1);
        copies.tidy();
        assertThat(second).doesNotExist();
        assertThat(copies(1_000, Long.MAX_VALUE >> 1).fetch(found(one)))
                .failsWithin(Duration.ofSeconds(9))
                .withThrowableThat()
                .withMessageContaining("no room");
    }

    private Recording found(Recording recording) throws RecordUnavailable {
        return record.recordings().find(recording.id()).orElseThrow();
    }

    private Recording begin(String id, String holder, Instant since)
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
        var path = files.place(recording.file());
        Files.createDirectories(path.getParent());
        var bytes = new byte[5_000];
        new Random(id.hashCode()).nextBytes(bytes);
        Files.write(path, bytes);
        return recording;
    }

    private Recording ended(Recording recording) throws RecordUnavailable {
        Instant at = recording.startedAt();
        var how = new Recording.Ending(at, at.plusSeconds(9), 5_000, "", 0, true);
        record.recordings().end(recording.ended(how), happening(at));
        return recording.ended(how);
    }

    private static Happening happening(Instant at) {
        return new Happening(
                at, JournalKind.RECORDING_BEGAN, null, null, List.of(Subject.of(CAR)), Map.of());
    }
}
