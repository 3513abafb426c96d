package org.maplebridge.signaling.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.media.finish.FinisherProcess;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.objects.s3.CutLine;
import org.maplebridge.signaling.objects.s3.TestS3;

/// A node that is killed between a recording's end and the store's having it: the next start brings
/// what it left, whole.
class KilledUploadTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final UnitId CAR = new UnitId("car1");
    private static final int BYTES = 64 << 20;

    @TempDir Path data;
    @TempDir Path place;

    /// @param after so many bytes have left; of the file of 64 MiB, in parts of 16
    @ParameterizedTest
    @ValueSource(ints = {1, 10 << 20, 40 << 20})
    void whatAKilledNodeLeftIsBroughtByTheNextStart(int after) throws Exception {
        var left = left();
        try (var server = TestS3.startIn(place)) {
            killed(server, after);
            assertThat(server.file(left.file())).as("in the middle of it").doesNotExist();
            try (var record = JdbcRecord.open(JdbcSettings.embedded(data));
                    var objects = server.open()) {
                recover(record);
                var uploads = UploadingProcess.uploads(record, data, objects);
                Eventually.holds(() -> { // the store may be busy with what broke off: then again
                    uploads.round();
                    return uploads.done() > 0;
                });
                var found = record.recordings().find(left.id()).orElseThrow();
                assertThat(Objects.requireNonNull(found.ending()).complete()).isFalse();
                assertThat(found.stored()).isNotNull();
                assertThat(server.file(left.file()))
                        .hasSameBinaryContentAs(data.resolve("recordings").resolve(left.file()));
            }
        }
    }

    private void killed(TestS3 server, int after) throws Exception {
        try (var record = JdbcRecord.open(JdbcSettings.embedded(data))) {
            recover(record);
        }
        try (var line = new CutLine(server.port())) {
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx128m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    UploadingProcess.class.getName(),
                                    data.toString(),
                                    Integer.toString(line.port()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                Eventually.holds(() -> line.carriedUp() >= after);
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("died of signal 9").isEqualTo(137);
        }
    }

    /// As a start does, before anything is recorded.
    private void recover(JdbcRecord record) throws Exception {
        new RecordingRetention(
                        record.recordings(),
                        new RecordingFiles(data.resolve("recordings")),
                        new FinisherProcess(data, 1, 1),
                        null,
                        () -> Optional.of("here"),
                        Duration.ofDays(90),
                        InstantSource.system())
                .recover();
    }

    /// Begun and written, and then nothing more of it is known.
    private Recording left() throws Exception {
        var recording =
                new Recording(
                        "left",
                        new Recording.Whose.Unit(CAR),
                        Recording.Medium.PICTURE,
                        RecordingFiles.name("left", NOON),
                        "here",
                        NOON,
                        Set.of());
        try (var record = JdbcRecord.open(JdbcSettings.embedded(data))) {
            var about = List.of(Subject.of(CAR));
            record.recordings()
                    .begin(
                            recording,
                            new Happening(
                                    NOON,
                                    JournalKind.RECORDING_BEGAN,
                                    null,
                                    null,
                                    about,
                                    Map.of()));
        }
        var file = data.resolve("recordings").resolve(recording.file());
        Files.createDirectories(file.getParent());
        RecordingUploadsTest.write(file);
        try (var out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            var torn = new byte[BYTES];
            new Random(9).nextBytes(torn);
            out.write(torn);
        }
        return recording;
    }
}
