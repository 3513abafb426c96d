package org.maplebridge.dispatch.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.mediation.Consent.Subject;
import org.maplebridge.dispatch.mediation.Person.Role;

class RecordingRulesTest {
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final PersonId BO = new PersonId("p3");
    private static final Room ANNS = Room.of(ANN);

    private Mediation mediation = Tables.of(Role.MEDIATOR, Role.PARTY, Role.PARTY);
    private Rooms rooms = Rooms.empty();

    private void gather(Set<PersonId> willing) {
        for (var person : mediation.people()) {
            say(person.id(), Subject.CONFIDENTIALITY, true);
            if (willing.contains(person.id())) {
                say(person.id(), Subject.RECORDING, true);
            }
            rooms = RoomRules.came(mediation, rooms, person.id());
        }
        move(Set.of(ANN, BO), Room.JOINT);
    }

    @Test
    void theJointTalkIsRecordedWhileAllWhoAreThereAgree() {
        gather(Set.of(ANN));
        assertThat(isRecorded(Room.JOINT)).as("Bo has not said").isFalse();
        move(Set.of(BO), Room.WAITING);
        assertThat(isRecorded(Room.JOINT)).isTrue();
        assertThat(isRecorded(Room.WAITING)).isFalse();
        move(Set.of(BO), Room.JOINT);
        assertThat(isRecorded(Room.JOINT)).isFalse();
        say(BO, Subject.RECORDING, true);
        assertThat(isRecorded(Room.JOINT)).isTrue();
        say(ANN, Subject.RECORDING, false);
        assertThat(isRecorded(Room.JOINT)).as("taken back").isFalse();
        say(ANN, Subject.RECORDING, true);
        say(MEDIATOR, Subject.RECORDING, false);
        assertThat(isRecorded(Room.JOINT)).as("who leads may refuse for all").isFalse();
    }

    @Test
    void nobodyIsRecordedAlone() {
        gather(Set.of(ANN, BO));
        move(Set.of(ANN, BO), Room.WAITING);
        assertThat(isRecorded(Room.JOINT)).isFalse();
    }

    @Test
    void aPrivateTalkIsRecordedOnlyWhenItWasAskedForAndEachSaidYes() {
        gather(Set.of(ANN, BO));
        move(Set.of(MEDIATOR, ANN), ANNS);
        assertThat(isRecorded(ANNS)).isFalse();
        assertThat(Tables.bar(RecordingRules.ask(mediation, rooms, ANN, true)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
        assertThat(Tables.bar(RecordingRules.answer(mediation, rooms, ANN, true)))
                .isEqualTo(Bar.NOBODY_ASKED);
        ask(true);
        assertThat(isRecorded(ANNS)).as("asked, not answered").isFalse();
        assertThat(Tables.bar(RecordingRules.answer(mediation, rooms, BO, true)))
                .isEqualTo(Bar.NOBODY_ASKED);
        answer(ANN, true);
        assertThat(isRecorded(ANNS)).isTrue();
        answer(ANN, false);
        assertThat(isRecorded(ANNS)).as("taken back").isFalse();
        ask(true);
        answer(ANN, true);
        ask(false);
        assertThat(isRecorded(ANNS)).isFalse();
        ask(true);
        answer(ANN, true);
        say(ANN, Subject.RECORDING, false);
        assertThat(isRecorded(ANNS)).as("the consent itself taken back").isFalse();
        assertThat(Tables.bar(RecordingRules.ask(mediation, rooms, MEDIATOR, true)))
                .isEqualTo(Bar.RECORDING_REFUSED);
    }

    @Test
    void whoeverComesOrGoesMakesTheAskVoid() {
        gather(Set.of(ANN, BO));
        move(Set.of(MEDIATOR, ANN), ANNS);
        ask(true);
        answer(ANN, true);
        move(Set.of(MEDIATOR), Room.JOINT);
        assertThat(rooms.asks()).isEmpty();
        move(Set.of(ANN), Room.JOINT);
        move(Set.of(MEDIATOR, ANN), ANNS);
        assertThat(isRecorded(ANNS)).as("asked the last time only").isFalse();
        move(Set.of(MEDIATOR, ANN), Room.JOINT);
        assertThat(Tables.bar(RecordingRules.ask(mediation, rooms, MEDIATOR, true)))
                .isEqualTo(Bar.NOT_PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverHappensNobodyIsRecordedWithoutHavingSaidYes(long seed) {
        var random = new SplittableRandom(seed);
        gather(Set.of(ANN));
        int recorded = 0;
        for (int i = 0; i < 3_000; i++) {
            var person = mediation.people().get(random.nextInt(3)).id();
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (mediation.consents().size() < 250) {
                        say(person, Subject.RECORDING, random.nextInt(3) > 0);
                    }
                }
                case 1 -> take(RecordingRules.ask(mediation, rooms, person, random.nextBoolean()));
                case 2, 3 ->
                        take(
                                RecordingRules.answer(
                                        mediation, rooms, person, random.nextInt(4) > 0));
                case 4 -> take(RoomRules.move(mediation, rooms, MEDIATOR, some(random), ANNS));
                default ->
                        take(RoomRules.move(mediation, rooms, MEDIATOR, some(random), Room.JOINT));
            }
            for (var room : new HashSet<>(rooms.places().values())) {
                if (!isRecorded(room)) {
                    continue;
                }
                recorded++;
                assertThat(room).isNotEqualTo(Room.WAITING);
                for (var one : rooms.in(room)) {
                    boolean agreed =
                            one.equals(MEDIATOR) || mediation.agreedTo(one, Subject.RECORDING);
                    assertThat(agreed).isTrue();
                    boolean asked =
                            room.equals(Room.JOINT)
                                    || Objects.requireNonNull(rooms.asks().get(ANN))
                                            .yes()
                                            .contains(one);
                    assertThat(asked).isTrue();
                }
            }
        }
        assertThat(recorded).as("it does happen").isGreaterThan(100);
    }

    private static Set<PersonId> some(SplittableRandom random) {
        var people = new ArrayList<PersonId>();
        for (int i = 1; i <= 3; i++) {
            if (random.nextBoolean()) {
                people.add(new PersonId("p" + i));
            }
        }
        return people.isEmpty() ? Set.of(MEDIATOR) : Set.copyOf(people);
    }

    private void take(Ruling<Rooms> ruling) {
        if (ruling instanceof Ruling.Allowed<Rooms>(Rooms next)) {
            rooms = next;
        }
    }

    private boolean isRecorded(Room room) {
        return RecordingRules.isRecorded(mediation, rooms, room);
    }

    private void ask(boolean on) {
        rooms = Tables.allowed(RecordingRules.ask(mediation, rooms, MEDIATOR, on));
    }

    private void answer(PersonId by, boolean yes) {
        rooms = Tables.allowed(RecordingRules.answer(mediation, rooms, by, yes));
    }

    private void move(Set<PersonId> people, Room room) {
        rooms = Tables.allowed(RoomRules.move(mediation, rooms, MEDIATOR, people, room));
    }

    private void say(PersonId person, Subject subject, boolean given) {
        mediation =
                Tables.allowed(
                        CaseRules.consent(
                                mediation, person, subject, CaseRules.TEXTS, given, Instant.EPOCH));
    }
}
