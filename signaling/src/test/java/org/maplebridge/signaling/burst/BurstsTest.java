package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.burst.Sample.CAR1;
import static org.maplebridge.signaling.burst.Sample.CAR2;
import static org.maplebridge.signaling.burst.Sample.NOON;
import static org.maplebridge.signaling.burst.Sample.ORDER;
import static org.maplebridge.signaling.burst.Sample.ROOM;
import static org.maplebridge.signaling.burst.Sample.speech;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.media.api.RelayEvent.Recorded;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.burst.Bursts.Said;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.scene.Speech;

class BurstsTest {
    private record Tape(SourceId channel, long epoch, Path file) {
        Recorded closed(long millis, boolean complete) {
            return new Recorded(channel, epoch, file, millis, complete);
        }
    }

    private final Listener car1 = new Listener("car1");
    private final Listener car2 = new Listener("car2");
    private final Listener room = new Listener("xinhe");
    private final Speech speech = speech(1, car1, null, room, car2);
    private final List<Tape> tapes = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private boolean inPrivate;

    @TempDir Path folder;

    @Test
    void isHandedOnWhenItIsOverAndItsFileIsClosed() {
        var bursts = bursts(true);
        bursts.began(speech);
        ended(bursts, speech, 2_000);
        assertThat(said).isEmpty();

        bursts.recorded(tapes.getFirst().closed(2_340, true));

        assertThat(only().durationMillis()).isEqualTo(2_340);
        assertThat(only().audio()).isEqualTo(new Burst.Audio("2026/11/21/b-1.opus", true));
        assertThat(only().turn())
                .isEqualTo(
                        new Turn(
                                speech.tier(),
                                3,
                                Turn.Result.GRANTED,
                                speech.requestedAt(),
                                NOON,
                                NOON.plusMillis(2_000),
                                BurstEnd.RELEASED));
        later.forEach(Runnable::run);
        assertThat(said).hasSize(1);
    }

    @Test
    void theFileMayBeClosedBeforeTheBurstIsOver() {
        var bursts = bursts(true);
        bursts.began(speech);
        bursts.recorded(tapes.getFirst().closed(900, false));
        assertThat(said).isEmpty();

        ended(bursts, speech, 1_000);

        assertThat(only().audio()).isEqualTo(new Burst.Audio("2026/11/21/b-1.opus", false));
        assertThat(later).isEmpty();
    }

    @Test
    void whoHadAPeerConnectionCouldHearIt() {
        var bursts = bursts(false);
        bursts.began(speech);
        ended(bursts, speech, 1_000);

        assertThat(only().listeners()).containsOnly(CAR1, ROOM).doesNotContain(CAR2);
        assertThat(only().isPrivate()).isFalse();
        assertThat(only().incident()).isEqualTo(new IncidentId("i-17"));
    }

    @Test
    void aPrivateCallHasItsSides() {
        inPrivate = true;
        var bursts = bursts(false);
        bursts.began(speech);
        ended(bursts, speech, 1_000);

        assertThat(only().sides()).containsOnly(CAR1, ROOM);
    }

    @Test
    void aFileThatIsNotClosedInTimeIsNotWaitedForAndDeletedWhenItComes() throws Exception {
        var bursts = bursts(true);
        bursts.began(speech);
        ended(bursts, speech, 1_500);

        later.forEach(Runnable::run);

        assertThat(only().audio()).isNull();
        assertThat(only().durationMillis()).isEqualTo(1_500);
        var file = tapes.getFirst().file();
        Files.writeString(file, "OggS");
        bursts.recorded(tapes.getFirst().closed(1_500, true));
        assertThat(said).hasSize(1);
        goneSoon(file);
    }

    @Test
    void aWholeFileWithNothingInItSaysThatNothingWasSaid() throws Exception {
        var bursts = bursts(true);
        bursts.began(speech);
        Files.writeString(tapes.getFirst().file(), "OggS");
        bursts.recorded(tapes.getFirst().closed(0, true));
        ended(bursts, speech, 4_000);

        assertThat(only().isWords()).isFalse();
        assertThat(only().audio()).isNull();
        goneSoon(tapes.getFirst().file());
    }

    @Test
    void aRelayThatCannotWriteSaysNothingOfWhatWasSaid() {
        var bursts = bursts(true);
        bursts.began(speech);
        bursts.recorded(tapes.getFirst().closed(0, false));
        ended(bursts, speech, 4_000);

        assertThat(only().durationMillis()).isEqualTo(4_000);
        assertThat(only().audio()).isNull();
    }

    @Test
    void withoutAFolderTheFactIsKeptAllTheSame() throws IOException {
        Files.writeString(folder.resolve("2026"), "in the way");
        var bursts = bursts(true);
        bursts.began(speech);
        ended(bursts, speech, 1_000);

        assertThat(only().audio()).isNull();
        assertThat(tapes).isEmpty();
    }

    @Test
    void whenNothingIsRecordedNothingIsWaitedFor() {
        var bursts = bursts(false);
        bursts.began(speech);
        ended(bursts, speech, 1_000);

        assertThat(only().durationMillis()).isEqualTo(1_000);
        assertThat(tapes).isEmpty();
        assertThat(later).isEmpty();
    }

    @Test
    void twoChannelsAndTwoGrantsAreKeptApart() {
        var bursts = bursts(true);
        var next = speech(2, room, null, car1);
        var elsewhere = speech(1, List.of(Sample.ZEGUO), car2, null);
        bursts.began(speech);
        ended(bursts, speech, 1_000);
        bursts.began(next);
        bursts.began(elsewhere);
        ended(bursts, next, 500);

        bursts.recorded(tapes.get(1).closed(480, true));
        bursts.recorded(tapes.get(0).closed(990, true));

        assertThat(said)
                .extracting(one -> one.burst().durationMillis())
                .containsExactly(480L, 990L);
    }

    @Test
    void aCallThatIsMadeAnewCountsItsGrantsAnew() {
        var bursts = bursts(true);
        bursts.began(speech);
        ended(bursts, speech, 1_000);

        bursts.began(speech(1, room, null, car1));

        assertThat(only().talker().unit()).isEqualTo(CAR1);
    }

    @Test
    void aGateThatNeverOpenedMakesNoBurstAndNoOrder() {
        var bursts = bursts(true);
        ended(bursts, speech(7, room, ORDER, car1), 1_000);

        assertThat(said).isEmpty();
        assertThat(room.told())
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("nothing-said"));
        bursts.recorded(new Recorded(new SourceId("x"), 1, Path.of("/etc/passwd"), 1, true));
        assertThat(said).isEmpty();
    }

    @Test
    void whatIsOverIsHandedOnBeforeTheNodeGoes() {
        var bursts = bursts(true);
        bursts.began(speech);
        bursts.began(speech(2, room, null));
        ended(bursts, speech, 1_000);

        bursts.close();

        assertThat(only().id().value()).isEqualTo("b-1");
    }

    private Bursts bursts(boolean records) {
        return new Bursts(
                (channel, epoch, file) -> tapes.add(new Tape(channel, epoch, file)),
                new VoiceFiles(folder),
                records,
                new Bursts.Surroundings(
                        session -> !session.equals(car2.session()),
                        _ -> inPrivate ? Set.of(CAR1, ROOM) : Set.of(),
                        call ->
                                call.equals(Sample.XINHE)
                                        ? Optional.of(new IncidentId("i-17"))
                                        : Optional.empty()),
                (after, task) -> {
                    assertThat(after).isEqualTo(Duration.ofSeconds(5));
                    later.add(task);
                },
                said::add);
    }

    private static void ended(Bursts bursts, Speech speech, long millis) {
        bursts.ended(speech, NOON.plusMillis(millis), BurstEnd.RELEASED);
    }

    private Burst only() {
        assertThat(said).hasSize(1);
        return said.getFirst().burst();
    }

    private static void goneSoon(Path file) {
        long until = System.nanoTime() + 10_000_000_000L;
        while (Files.exists(file) && System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        assertThat(file).doesNotExist();
    }
}
