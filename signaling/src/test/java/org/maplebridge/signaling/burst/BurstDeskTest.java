package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.burst.Sample.CAR1;
import static org.maplebridge.signaling.burst.Sample.CAR2;
import static org.maplebridge.signaling.burst.Sample.ORDER;
import static org.maplebridge.signaling.burst.Sample.ROOM;
import static org.maplebridge.signaling.burst.Sample.burst;
import static org.maplebridge.signaling.burst.Sample.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.Transcriber;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Bursts.Said;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.BurstEnded;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Speech.SpokenOrder;

class BurstDeskTest {
    private static final long SECOND = 1_000_000_000;

    private final Listener car1 = new Listener("car1");
    private final Listener car2 = new Listener("car2");
    private final Listener room = new Listener("xinhe");
    private final Listener zeguo = new Listener("zeguo");
    private final Listener city = new Listener("city");
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final BurstShelf shelf = new BurstShelf(failures, steps);
    private final Orders orders = new Orders();
    private final List<Long> refusedAt = new CopyOnWriteArrayList<>();
    private Transcriber transcriber = Transcriber.NONE;

    @TempDir Path folder;

    @Test
    void everybodyItWasSaidToIsToldAfterTheRecordHasIt() throws IOException {
        Files.writeString(folder.resolve("sound.opus"), "abc");
        var speech = speech(1, car1, null, room, city);

        work(new Said(burst(speech, 2_340, audio(), CAR1, ROOM), speech));

        assertThat(shelf.bursts()).hasSize(1);
        var happening = shelf.happenings().getFirst();
        assertThat(happening.kind()).isEqualTo(JournalKind.SPOKEN);
        assertThat(happening.subjects()).contains(Subject.of(CAR1), Subject.of(Sample.XINHE));
        assertThat(happening.detail())
                .containsEntry("burst", "b-1")
                .containsEntry("durationMs", "2340")
                .containsEntry("end", "RELEASED")
                .containsEntry(
                        "sha256",
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(told(room).heard()).isTrue();
        assertThat(told(room).talker().name()).isEqualTo("新河巡逻车1号车组");
        assertThat(told(room).audio()).isTrue();
        assertThat(told(car1).heard()).isTrue();
        assertThat(told(car2).heard()).as("a member who was away").isFalse();
        assertThat(told(city).heard()).as("took part without hearing").isFalse();
        assertThat(zeguo.told()).isEmpty();
        assertThat(shelf.missed()).contains(CAR2).doesNotContain(CAR1, ROOM, new UnitId("city"));
    }

    @Test
    void whileGroupsAreJoinedEachHearsItUnderItsOwn() {
        var speech = speech(1, List.of(Sample.XINHE, Sample.ZEGUO), car1, null, city);

        work(new Said(burst(speech, 2_340, null, CAR1), speech));

        assertThat(told(zeguo).call()).isEqualTo("group-zeguo");
        assertThat(told(room).call()).isEqualTo("group-xinhe");
        assertThat(told(city).call()).isEqualTo("group-xinhe");
    }

    @Test
    void aSlipOfTheFingerIsWrittenDownAndNobodyIsTold() {
        var speech = speech(1, car1, null, room);

        work(new Said(burst(speech, 199, null, CAR1), speech));

        assertThat(shelf.bursts()).hasSize(1);
        assertThat(shelf.missed()).isEmpty();
        assertThat(room.told()).isEmpty();
    }

    @Test
    void aRecordThatIsAwayIsAskedAgainAndNobodyIsToldBefore() {
        failures.set(30);
        var speech = speech(1, car1, null, room);

        var desk = work(new Said(burst(speech, 2_340, null, CAR1), speech));

        assertThat(now.get()).isEqualTo(30 * SECOND);
        assertThat(shelf.bursts()).hasSize(1);
        assertThat(told(room).id()).isEqualTo("b-1");
        assertThat(desk.lost()).isZero();
    }

    @Test
    void anOrderIsPlacedWhenTheBurstIsInTheRecordAndToldThen() {
        work(order(2_340));

        assertThat(steps).containsExactly("asked", "burst", "placed 语音指令 2″");
        assertThat(told(car2).order()).isEqualTo("o-1");
        assertThat(shelf.bursts().getFirst().order()).isEqualTo(ORDER.order());
        assertThat(shelf.happenings().getFirst().subjects()).contains(Subject.of(ORDER.order()));
        assertThat(refusals(room)).isEmpty();
    }

    @Test
    void tooLittleWasSaidForAnOrder() {
        work(order(499));

        assertThat(refusals(room)).containsExactly("nothing-said");
        assertThat(steps).containsExactly("burst");
        assertThat(told(car2).order()).isNull();
    }

    @Test
    void anOrderThatMayNotBePlacedLeavesABurst() {
        orders.refusal = ORDER.refused(RefusalCode.NOT_ALLOWED, "No.");

        work(order(2_340));

        assertThat(refusals(room)).containsExactly("not-allowed");
        assertThat(steps).containsExactly("asked", "burst");
        assertThat(told(car2).order()).isNull();
        assertThat(shelf.bursts().getFirst().order()).isNull();
    }

    @Test
    void anIdThatBecameAnotherOrdersMeanwhileIsTold() {
        orders.conflict = ORDER.refused(RefusalCode.ORDER_CONFLICT, "Taken.");

        work(order(2_340));

        assertThat(refusals(room)).containsExactly("order-conflict");
        assertThat(told(car2).order()).isNull();
    }

    @Test
    void anOrderDoesNotWaitLongForTheRecordAndTheBurstDoes() {
        failures.set(25);

        work(order(2_340));

        assertThat(refusals(room)).containsExactly("record-unavailable");
        assertThat(told(car2).order()).isNull();
        assertThat(shelf.bursts().getFirst().order()).isNull();
        assertThat(steps).doesNotContain("placed 语音指令 2″");
    }

    @Test
    void anOrderThatWaitsBehindAnotherBurstIsGivenUpAsSoon() {
        failures.set(60);
        var speech = speech(2, car1, null, room);

        work(new Said(burst(speech, 2_340, null, CAR1), speech), order(2_340));

        assertThat(refusals(room)).containsExactly("record-unavailable");
        assertThat(refusedAt).containsExactly(10 * SECOND);
        assertThat(steps).containsExactly("burst", "burst");
        assertThat(shelf.bursts()).extracting(Burst::order).containsOnlyNulls();
    }

    @Test
    void aRecordThatComesBackInTimeGetsTheOrder() {
        failures.set(8);

        work(order(2_340));

        assertThat(refusals(room)).isEmpty();
        assertThat(told(car2).order()).isEqualTo("o-1");
    }

    @Test
    void whatWasWrittenDownStandsInTheOrder() throws Exception {
        Files.writeString(folder.resolve("sound.opus"), "OggS");
        transcriber = (burst, sound) -> Optional.of(burst + " " + sound.getFileName() + "\0 立即出发 ");

        work(order(2_340));

        assertThat(steps).contains("placed 语音指令 2″：b-1 sound.opus  立即出发");
    }

    @Test
    void aTranscriberThatFailsLosesNoOrder() throws Exception {
        Files.writeString(folder.resolve("sound.opus"), "OggS");
        transcriber =
                (_, _) -> {
                    throw new IllegalStateException("no model");
                };

        work(order(2_340));

        assertThat(told(car2).order()).isEqualTo("o-1");
    }

    @Test
    void aBurstThatCannotBeKeptIsCountedAndTheNextOneIsKept() {
        shelf.broken = true;
        var speech = speech(1, car1, null, room);
        var next = speech(2, room, null, car1);
        var said = new Said(burst(speech, 2_340, null, CAR1), speech);
        var after = new Said(burst(next, 2_340, null, ROOM), next);

        var desk = work(said, after);

        assertThat(desk.lost()).isEqualTo(1);
        assertThat(shelf.bursts()).extracting(burst -> burst.id().value()).containsExactly("b-2");
    }

    private Said order(long millis) {
        var speech = speech(1, room, ORDER, car1);
        return new Said(burst(speech, millis, audio(), ROOM, CAR1), speech);
    }

    private static Burst.Audio audio() {
        return new Burst.Audio("sound.opus", true);
    }

    /// Everything put in is done when this is over.
    private BurstDesk work(Said... said) {
        var roster = Sample.roster();
        var peers = new Peers(roster);
        List.of(car1, car2, room, zeguo, city).forEach(peers::add);
        room.hears(message -> {
            if (message instanceof Refused) {
                refusedAt.add(now.get());
            }
        });
        var allPut = new CountDownLatch(1);
        var desk =
                new BurstDesk(
                        shelf,
                        orders,
                        transcriber,
                        new VoiceFiles(folder),
                        new BurstTeller(
                                peers,
                                new Hearing(new Groups(roster), _ -> Optional.empty(), roster)),
                        now::get,
                        () -> {
                            allPut.await();
                            now.addAndGet(SECOND);
                        });
        for (var one : said) {
            desk.put(one);
        }
        allPut.countDown();
        shelf.awaitCalls(said.length);
        desk.close();
        return desk;
    }

    private static ServerMessage.BurstNews.Burst told(Listener listener) {
        return listener.told().stream()
                .filter(BurstEnded.class::isInstance)
                .map(message -> ((BurstEnded) message).burst())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> refusals(Listener listener) {
        return listener.told().stream()
                .filter(Refused.class::isInstance)
                .map(message -> ((Refused) message).code())
                .toList();
    }

    private final class Orders implements SpokenOrders {
        @Nullable Refused refusal;
        @Nullable Refused conflict;

        @Override
        public Optional<Refused> refusal(Peer speaker, SpokenOrder asked, Burst burst)
                throws RecordUnavailable {
            BurstShelf.answer(failures);
            steps.add("asked");
            return Optional.ofNullable(refusal);
        }

        @Override
        public Optional<Refused> place(Peer speaker, SpokenOrder asked, Burst burst, String text)
                throws RecordUnavailable {
            BurstShelf.answer(failures);
            steps.add("placed " + text);
            return Optional.ofNullable(conflict);
        }
    }
}
