package org.maplebridge.load.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.RecordingRules;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Whose;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.load.client.VoiceMark;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordingReader;

/// Everybody at a table talks without a pause while people are moved about, asked to be recorded,
/// say yes and no and take it back. Then every file is opened: each packet says who sent it and
/// after which step, and not one may be there that was said where it was not recorded.
class RecordedMovesTest {
    /// Longer than it takes until a recording begins after a step.
    private static final int LONG_DWELL_MILLIS = 700;

    @TempDir Path data;
    private final SplittableRandom random = new SplittableRandom(7);

    /// After each step: in which recorded room somebody was.
    private final List<Map<PersonId, String>> recorded = new ArrayList<>();

    /// Steps that lasted, with who must be in a file.
    private final Set<String> due = new TreeSet<>();

    @ParameterizedTest(name = "{1} steps on {0} loops")
    @CsvSource({"1, 40", "3, 120"})
    void noPacketOfATalkThatIsNotRecordedIsInAnyFile(int loops, int most) throws Exception {
        try (var talking = new TalkingTable(data, loops)) {
            for (var person : talking.attendants.keySet()) {
                consent(talking, person, true);
            }
            said(talking);
            for (int step = 0; step < most; step++) {
                step(talking);
                said(talking);
                if (step % 4 == 3) {
                    dwell(talking);
                } else {
                    talking.speechOf(random.nextInt(40, 420));
                }
            }
            talkInPrivate(talking);
            dwell(talking);
            move(talking, Set.copyOf(talking.attendants.keySet()), Room.WAITING);
            check(talking, ended(talking), most);
        }
    }

    /// Whatever else happened by chance, once all agree to it.
    private void talkInPrivate(TalkingTable talking) throws RecordUnavailable {
        var everybody = Set.copyOf(talking.attendants.keySet());
        for (var person : everybody) {
            consent(talking, person, true);
        }
        var anns = new PersonId("p2");
        move(talking, everybody, Room.JOINT);
        move(talking, Set.of(TalkingTable.MEDIATOR, anns), Room.of(anns));
        talking.table.askToRecord(talking.attendants.get(TalkingTable.MEDIATOR), true);
        talking.table.answerToRecord(talking.attendants.get(anns), true);
        said(talking);
    }

    private void dwell(TalkingTable talking) throws Exception {
        talking.speechOf(LONG_DWELL_MILLIS);
        int now = recorded.size() - 1;
        await(talking, recorded.get(now).keySet());
        recorded.get(now).forEach((person, room) -> due.add(now + " " + person + " " + room));
    }

    /// Until something of each of them is in a file.
    private static void await(TalkingTable talking, Set<PersonId> people) throws Exception {
        for (int i = 0; i < 400; i++) {
            var written = new HashSet<String>();
            for (var one : talking.record.recordings().running(10_000)) {
                if (talking.began.contains(one.id())
                        && one.whose() instanceof Whose.Seat(_, String person, _)) {
                    written.add(person);
                }
            }
            if (people.stream().map(PersonId::value).allMatch(written::contains)) {
                return;
            }
            talking.speechOf(50);
        }
        throw new AssertionError("not recorded: some of " + people);
    }

    private void step(TalkingTable talking) throws RecordUnavailable {
        var mediator = talking.attendants.get(TalkingTable.MEDIATOR);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> move(talking, MovesTest.some(random), MovesTest.anyRoom(random));
            case 3 -> {
                var anns = new PersonId("p2");
                move(talking, Set.of(TalkingTable.MEDIATOR, anns), Room.of(anns));
                talking.table.askToRecord(mediator, true);
            }
            case 4, 5 -> {
                talking.table.askToRecord(mediator, random.nextInt(6) > 0);
                for (var one : talking.attendants.values()) {
                    talking.table.answerToRecord(one, random.nextInt(8) > 0);
                }
            }
            case 6, 7, 8 -> {
                for (var person : talking.attendants.keySet()) {
                    consent(talking, person, true);
                }
                move(talking, Set.copyOf(talking.attendants.keySet()), Room.JOINT);
            }
            default -> {
                var person = new PersonId("p" + random.nextInt(1, TalkingTable.PEOPLE + 1));
                consent(talking, person, random.nextInt(3) > 0);
            }
        }
    }

    private static void move(TalkingTable talking, Set<PersonId> people, Room room)
            throws RecordUnavailable {
        var mediator = talking.attendants.get(TalkingTable.MEDIATOR);
        var unused = talking.table.move(mediator, people, room);
    }

    private static void consent(TalkingTable talking, PersonId person, boolean given)
            throws RecordUnavailable {
        var subject = Consent.Subject.RECORDING;
        var bar =
                talking.table.consent(
                        talking.attendants.get(person),
                        subject,
                        given,
                        "test",
                        now ->
                                CaseRules.consent(
                                        now,
                                        person,
                                        subject,
                                        CaseRules.TEXTS,
                                        given,
                                        Instant.EPOCH));
        assertThat(bar).isEmpty();
    }

    private void said(TalkingTable talking) {
        var rooms = talking.table.rooms();
        var there = new HashMap<PersonId, String>();
        rooms.places()
                .forEach((person, room) -> {
                    if (RecordingRules.isRecorded(talking.table.mediation(), rooms, room)) {
                        there.put(person, room.word());
                    }
                });
        recorded.add(there);
        talking.say(recorded.size() - 1);
    }

    /// Waits until every file is closed.
    private static List<Recording> ended(TalkingTable talking) throws Exception {
        for (int i = 0; i < 100; i++) {
            var all = talking.record.recordings().of(TalkingTable.ID, 10_000);
            if (all.stream().allMatch(one -> one.ending() != null)) {
                return all;
            }
            talking.speechOf(100);
        }
        throw new AssertionError("recordings go on");
    }

    private void check(TalkingTable talking, List<Recording> recordings, int most)
            throws IOException {
        long packets = 0;
        long privately = 0;
        var found = new HashSet<String>();
        for (var recording : recordings) {
            var seat = (Whose.Seat) recording.whose();
            for (int burst : bursts(talking.files.find(recording).orElseThrow())) {
                int step = TalkingTable.stepOf(burst);
                var speaker = TalkingTable.speakerOf(burst);
                assertThat(speaker.value()).isEqualTo(seat.person());
                assertThat(recorded.get(step).get(speaker))
                        .as("%s of step %d, of %s", speaker, step, recorded.get(step))
                        .isEqualTo(seat.room());
                packets++;
                privately += seat.room().equals("joint") ? 0 : 1;
                found.add(step + " " + speaker + " " + seat.room());
            }
        }
        assertThat(found).as("what was recorded is there").containsAll(due);
        assertThat(due).isNotEmpty();
        assertThat(packets).as("packets in all files").isGreaterThan(10L * most);
        assertThat(privately).as("of private talks that were agreed to").isPositive();
        System.out.printf(
                "%d steps: %d files, %d packets, %d of them of private talks all agreed to%n",
                most, recordings.size(), packets, privately);
    }

    private static List<Integer> bursts(Path file) throws IOException {
        var bursts = new ArrayList<Integer>();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var reader = new RecordingReader(in, _ -> TalkingTable.KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                for (var entry : block.entries()) {
                    if (entry instanceof Entry.Packet packet) {
                        byte[] payload = packet.payload();
                        assertThat(VoiceMark.isAt(payload, payload.length)).isTrue();
                        bursts.add(VoiceMark.burst(payload, payload.length));
                    }
                }
            }
        }
        return bursts;
    }
}
