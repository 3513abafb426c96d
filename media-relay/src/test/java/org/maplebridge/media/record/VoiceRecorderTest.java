package org.maplebridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;

class VoiceRecorderTest {
    private static final SourceId GROUP = new SourceId("group");
    private static final int FRAME = 960;
    private static final long MILLI = 1_000_000L;

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();
    private final VoiceRecorder recorder = new VoiceRecorder(events::add);

    @TempDir private Path folder;

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void aTalkIsWrittenAndToldOnceItIsClosed() throws Exception {
        recorder.start();
        Path file = folder.resolve("2026/11/talk.opus");
        TalkTap tap = recorder.begin(GROUP, 5, file);
        say(tap, 0, 150);
        tap.over();

        assertThat(told()).isEqualTo(new RelayEvent.Recorded(GROUP, 5, file, 3_000, true));
        var voice = OggOpusReader.read(Files.readAllBytes(file));
        assertThat(voice.spoken()).hasSize(150);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void manyTalksAtOnceGoIntoTheirOwnFiles() throws Exception {
        recorder.start();
        for (int talk = 0; talk < 20; talk++) {
            TalkTap tap = recorder.begin(GROUP, talk, folder.resolve(talk + ".opus"));
            say(tap, 0, 10 + talk);
            tap.over();
        }
        for (int talk = 0; talk < 20; talk++) {
            assertThat(told().durationMillis()).isEqualTo((10 + talk) * 20L);
            byte[] bytes = Files.readAllBytes(folder.resolve(talk + ".opus"));
            assertThat(OggOpusReader.read(bytes).spoken()).hasSize(10 + talk);
        }
    }

    @Test
    void whatFindsNoRoomIsMissingAndTold() throws Exception {
        Path file = folder.resolve("talk.opus");
        TalkTap tap = recorder.begin(GROUP, 1, file);
        say(tap, 0, VoiceRecorder.MOST_WAITING + 500); // nobody writes yet
        tap.over();
        recorder.start();

        var recorded = told();
        assertThat(recorded.complete()).isFalse();
        var voice = OggOpusReader.read(Files.readAllBytes(file));
        assertThat(voice.spoken().size())
                .isBetween(VoiceRecorder.MOST_WAITING - 5, VoiceRecorder.MOST_WAITING);
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws Exception {
        recorder.start();
        Path file = folder.resolve("talk.opus");
        Files.writeString(file, "evidence");
        TalkTap tap = recorder.begin(GROUP, 1, file);
        say(tap, 0, 50);
        tap.over();

        assertThat(told().complete()).isFalse();
        assertThat(Files.readString(file)).isEqualTo("evidence");
    }

    @Test
    void aFolderThatCannotBeMadeFailsTheRecordingOnly() throws Exception {
        recorder.start();
        Files.writeString(folder.resolve("file"), "no folder");
        TalkTap broken = recorder.begin(GROUP, 1, folder.resolve("file/talk.opus"));
        TalkTap good = recorder.begin(GROUP, 2, folder.resolve("good.opus"));
        say(broken, 0, 50);
        say(good, 0, 50);
        broken.over();
        good.over();

        assertThat(told().complete()).isFalse();
        assertThat(told().complete()).isTrue();
    }

    @Test
    void closingEndsWhatIsBeingRecorded() throws Exception {
        recorder.start();
        Path file = folder.resolve("talk.opus");
        TalkTap tap = recorder.begin(GROUP, 1, file);
        say(tap, 0, 50);
        recorder.close();

        assertThat(told()).isEqualTo(new RelayEvent.Recorded(GROUP, 1, file, 1_000, true));
        assertThat(OggOpusReader.read(Files.readAllBytes(file)).spoken()).hasSize(50);
        tap.over(); // too late, and harmless
    }

    @Test
    void aTalkWithoutAWordIsAFileWithoutSound() throws Exception {
        recorder.start();
        Path file = folder.resolve("talk.opus");
        recorder.begin(GROUP, 1, file).over();

        assertThat(told()).isEqualTo(new RelayEvent.Recorded(GROUP, 1, file, 0, true));
        assertThat(OggOpusReader.read(Files.readAllBytes(file)).packets()).isEmpty();
    }

    /// As the recorder's thread does it, by moved time: whatever moment the process is killed.
    @Test
    void aCrashCostsLessThanTheLastSecond() throws IOException {
        Path file = folder.resolve("talk.opus");
        var recording = new Recording(GROUP, 1, file);
        recording.open();
        int lost = 0;
        for (int i = 0; i < 500; i++) {
            long now = 20L * i * MILLI;
            boolean missing = i % 7 == 3;
            if (!missing) {
                recording.said(i, i * FRAME, payload(i), now);
            }
            if (i % 5 == 0) {
                recording.write(now);
            }
            long written = OggOpusReader.readCut(Files.readAllBytes(file)).ticks();
            lost = Math.max(lost, (int) ((i + 1) * FRAME - written) / 48);
        }

        assertThat(lost).isBetween(400, 900);
    }

    @Test
    void aPauseLeavesNothingUnwritten() throws IOException {
        Path file = folder.resolve("talk.opus");
        var recording = new Recording(GROUP, 1, file);
        recording.open();
        recording.said(0, 0, payload(0), 0);
        recording.said(1, FRAME, payload(1), 20 * MILLI);
        for (long now = 0; now <= 1_000 * MILLI; now += 100 * MILLI) {
            if (now == 400 * MILLI) {
                recording.said(3, 3 * FRAME, payload(3), now);
            }
            recording.write(now);
        }

        assertThat(OggOpusReader.readCut(Files.readAllBytes(file)).spoken()).hasSize(3);
        assertThat(recording.end().durationMillis()).isEqualTo(80);
    }

    private RelayEvent.Recorded told() throws InterruptedException {
        RelayEvent event =
                Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS), "nothing told");
        return (RelayEvent.Recorded) event;
    }

    private static void say(TalkTap tap, int from, int to) {
        byte[] shared = new byte[100];
        for (int i = from; i < to; i++) {
            System.arraycopy(payload(i), 0, shared, 0, 6);
            tap.said(i, i * FRAME, shared, 6);
        }
        java.util.Arrays.fill(shared, (byte) 0); // taps copy
    }

    private static byte[] payload(int number) {
        return new byte[] {0x48, (byte) (number >> 8), (byte) number, 1, 2, 3};
    }
}
