package org.maplebridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvent.RecordingBegan;
import org.maplebridge.media.api.RelayEvent.RecordingEnded;
import org.maplebridge.media.api.RelayEvent.RecordingFailed;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordingReader;
import org.maplebridge.media.record.file.Verdict;

class SourceRecorderTest {
    private static final RecordingKey KEY = new RecordingKey("test", new byte[32]);
    private static final SourceId CAMERA = new SourceId("car1/camera");

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();
    private final List<SourceTap> over = new CopyOnWriteArrayList<>();
    private final FeigningStore feigning = new FeigningStore();
    private @Nullable SourceRecorder started;

    @TempDir private Path folder;

    @AfterEach
    void close() {
        feigning.goesOn.countDown();
        if (started != null) {
            started.close();
        }
    }

    @Test
    void whatASourceSendsIsInItsFileInOrder() throws Exception {
        SourceRecorder recorder = recorder(new FolderStore());
        Path file = folder.resolve("2026/car1.rec");
        SourceTap tap = begin(recorder, "one", file);
        List<LentPacket> sent = send(tap, 0, 3_000);
        stop(recorder, "one");

        assertThat(told()).isEqualTo(new RecordingBegan(new RecordingId("one"), CAMERA));
        var ended = (RecordingEnded) told();
        assertThat(ended.complete()).isTrue();
        assertThat(ended.bytes()).isEqualTo(Files.size(file));
        assertThat(ended.beganMillis()).isBetween(1L, ended.endedMillis());
        var verdict = verdict(file);
        assertThat(verdict.closed()).isTrue();
        assertThat(verdict.chain()).isEqualTo(ended.chain());
        assertThat(numbers(file)).hasSize(3_000).isSorted().startsWith(0L).endsWith(2_999L);
        assertThat(sent).allMatch(packet -> packet.held.get() == 0);
    }

    @Test
    void whatIsThereAlreadyIsLeftAsItIs() throws Exception {
        Path file = folder.resolve("car1.rec");
        Files.writeString(file, "somebody else's");
        SourceRecorder recorder = recorder(new FolderStore());
        send(begin(recorder, "one", file), 0, 10);

        assertThat(((RecordingFailed) told()).cause()).isEqualTo("file-exists");
        assertThat(((RecordingEnded) told()).bytes()).isZero();
        assertThat(Files.readString(file)).isEqualTo("somebody else's");
    }

    @Test
    void aKeyThatIsNoneIsRefused() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        var plan = new RecordingPlan(folder.resolve("x"), new RecordingKey("short", new byte[16]));
        recorder.begin(new RecordingId("one"), CAMERA, plan, 1, _ -> {});
        assertThat(((RecordingFailed) told()).cause()).isEqualTo("bad-key");
        assertThat(((RecordingEnded) told()).complete()).isFalse();
    }

    @Test
    void aFullDiskEndsTheRecordingAndIsTold() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        feigning.room.set(100_000);
        SourceTap tap = begin(recorder, "one", folder.resolve("x"));
        List<LentPacket> sent = send(tap, 0, 1_000);
        RelayEvent failed = told();
        if (failed instanceof RecordingBegan) {
            failed = told();
        }
        assertThat(((RecordingFailed) failed).cause()).isEqualTo("disk-full");
        var ended = (RecordingEnded) told();
        assertThat(ended.complete()).isFalse();

        List<LentPacket> later = send(tap, 1_000, 50_000); // nobody takes them, and none is kept
        stop(recorder, "one");
        recorder.close();
        assertThat(later).allMatch(packet -> packet.held.get() == 0);
        assertThat(sent).allMatch(packet -> packet.held.get() == 0);
        assertThat(over).containsExactly(tap);
        assertThat(events).isEmpty();
    }

    /// A hung disk: the loop that hands over returns at once, what waits is bounded, it is told
    /// while the disk still hangs, and afterwards the recording goes on with its gap noted.
    @Test
    void aStalledDiskCostsPacketsOfRecordingsAndNothingElse() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        SourceTap tap = begin(recorder, "one", folder.resolve("x"));
        feigning.goesOn = new CountDownLatch(1);
        tap.packet(new LentPacket(0, 200));
        assertThat(feigning.stalled.await(10, TimeUnit.SECONDS)).isTrue();

        long before = System.nanoTime();
        List<LentPacket> sent = send(tap, 0, 100_000);
        long tookMillis = (System.nanoTime() - before) / 1_000_000;
        assertThat(tookMillis).isLessThan(2_000);
        assertThat(sent.stream().filter(packet -> packet.held.get() > 0).count())
                .isEqualTo(SourceRecorder.MOST_WAITING);
        assertThat(told())
                .isEqualTo(new RecordingFailed(new RecordingId("one"), CAMERA, "disk-slow"));
        assertThat(events).isEmpty(); // once, not for each packet

        feigning.goesOn.countDown();
        assertThat(told()).isInstanceOf(RecordingBegan.class);
        stop(recorder, "one");
        var ended = (RecordingEnded) told();
        assertThat(ended.missed()).isEqualTo(100_000 - SourceRecorder.MOST_WAITING);
        assertThat(ended.complete()).isFalse();
        assertThat(sent).allMatch(packet -> packet.held.get() == 0);
    }

    /// A disk that takes its time to keep what it was given holds up nobody who writes.
    @Test
    void whatIsWrittenIsBroughtToTheDiskBesideTheThreadThatWrites() throws Exception {
        SourceRecorder recorder = often(feigning);
        SourceTap tap = begin(recorder, "one", folder.resolve("x"));
        feigning.forceGoesOn = new CountDownLatch(1);
        send(tap, 0, 10);
        assertThat(told()).isInstanceOf(RecordingBegan.class);
        awaitForces(1);
        List<LentPacket> sent = send(tap, 10, 5_000); // several blocks, while it hangs
        for (LentPacket packet : sent) {
            awaitFree(packet);
        }
        assertThat(feigning.forces).as("nothing is begun while it hangs").hasValue(1);
        feigning.forceGoesOn.countDown();
        awaitForces(2);
        long quiet = settledForces();
        send(tap, 5_010, 10);
        awaitForces(quiet + 1);
        stop(recorder, "one");
        assertThat(((RecordingEnded) told()).complete()).isTrue();
    }

    @Test
    void whatTheDiskLostEndsTheRecordingAndIsTold() throws Exception {
        feigning.loses = true;
        SourceRecorder recorder = often(feigning);
        send(begin(recorder, "one", folder.resolve("x")), 0, 10);
        RelayEvent failed = told();
        if (failed instanceof RecordingBegan) {
            failed = told();
        }
        assertThat(failed).isInstanceOf(RecordingFailed.class);
        assertThat(((RecordingEnded) told()).complete()).isFalse();
    }

    private void awaitForces(long times) {
        while (feigning.forces.get() < times) {
            Thread.onSpinWait();
        }
    }

    /// Forces end once nothing grows: two looks of the recorder apart, it is the same number.
    private long settledForces() throws InterruptedException {
        long last = -1;
        for (long now = feigning.forces.get(); now != last; now = feigning.forces.get()) {
            last = now;
            assertThat(events.poll(1, TimeUnit.SECONDS)).isNull();
        }
        return last;
    }

    private SourceRecorder often(RecordingStore store) {
        var recorder = new SourceRecorder(store, events::add, over::add, 1_000_000).start();
        started = recorder;
        return recorder;
    }

    @Test
    void thereIsAnEndToHowManyAreRecorded() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        for (int i = 0; i < SourceRecorder.MOST_OPEN; i++) {
            begin(recorder, "r" + i, folder.resolve("r" + i));
        }
        var plan = new RecordingPlan(folder.resolve("more"), KEY);
        recorder.begin(new RecordingId("more"), CAMERA, plan, 1, _ -> {});
        assertThat(((RecordingFailed) told()).cause()).isEqualTo("too-many");
    }

    /// The disk takes its time to make the file, and by then nobody wants it any more.
    @Test
    void oneThatIsStoppedBeforeItsFileIsThereEnds() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        feigning.goesOn = new CountDownLatch(1);
        var plan = new RecordingPlan(folder.resolve("x"), KEY);
        var tapped = new CompletableFuture<SourceTap>();
        recorder.begin(new RecordingId("one"), CAMERA, plan, 1, tapped::complete);
        assertThat(feigning.stalled.await(10, TimeUnit.SECONDS)).isTrue();
        stop(recorder, "one");
        feigning.goesOn.countDown();
        assertThat(((RecordingEnded) told()).complete()).isTrue();
        assertThat(tapped).isNotDone();
    }

    /// What a media loop pays for a packet that is recorded.
    @Test
    void handingOverMakesNothing() throws Exception {
        SourceRecorder recorder = recorder(feigning);
        SourceTap tap = begin(recorder, "one", folder.resolve("x"));
        var packet = new LentPacket(0, 1_100);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        long allocated = 0;
        int rounds = 40;
        for (int round = 0; round < rounds; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 5_000; i++) {
                tap.packet(packet);
            }
            allocated += threads.getThreadAllocatedBytes(self) - before;
            awaitFree(packet);
        }
        double each = allocated / (rounds * 5_000.0);
        assertThat(each).isLessThan(1.0);
    }

    private static void awaitFree(LentPacket packet) {
        while (packet.held.get() > 0) {
            Thread.onSpinWait();
        }
    }

    private SourceRecorder recorder(RecordingStore store) {
        var recorder = new SourceRecorder(store, events::add, over::add).start();
        started = recorder;
        return recorder;
    }

    private static SourceTap begin(SourceRecorder recorder, String id, Path file) {
        var plan = new RecordingPlan(file, KEY);
        var opened = new CompletableFuture<SourceTap>();
        recorder.begin(new RecordingId(id), CAMERA, plan, 1, opened::complete);
        return opened.join();
    }

    private static void stop(SourceRecorder recorder, String id) {
        recorder.stop(new RecordingId(id), recorder::leave);
    }

    private static List<LentPacket> send(SourceTap tap, long from, int count) {
        var sent = new ArrayList<LentPacket>();
        for (int i = 0; i < count; i++) {
            var packet = new LentPacket(from + i, 200);
            sent.add(packet);
            tap.packet(packet);
        }
        return sent;
    }

    private RelayEvent told() throws InterruptedException {
        RelayEvent event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return Objects.requireNonNull(event);
    }

    private static Verdict verdict(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Verdict.of(in);
        }
    }

    private static List<Long> numbers(Path file) throws IOException {
        var numbers = new ArrayList<Long>();
        try (var in = Files.newInputStream(file)) {
            var reader = new RecordingReader(in, _ -> KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                for (Entry entry : block.entries()) {
                    if (entry instanceof Entry.Packet packet) {
                        numbers.add(packet.seq());
                    }
                }
            }
        }
        return numbers;
    }
}
