package org.maplebridge.dispatch.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.mediation.Consent.Subject;
import org.maplebridge.dispatch.mediation.Person.Role;

class RoomRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final PersonId BO = new PersonId("p3");
    private static final PersonId ANNS_AGENT = new PersonId("p4");
    private static final Room ANNS = Room.of(ANN);

    private Mediation mediation = Tables.of(Role.MEDIATOR, Role.PARTY, Role.PARTY, Role.AGENT);
    private Rooms rooms = Rooms.empty();

    private void gather() {
        for (var person : mediation.people()) {
            agree(person.id(), true);
            rooms = RoomRules.came(mediation, rooms, person.id());
        }
        move(Set.of(ANN, BO, ANNS_AGENT), Room.JOINT);
    }

    @Test
    void whoComesWaitsAloneAndIsLetInOnlyAfterAgreeingToConfidentiality() {
        rooms = RoomRules.came(mediation, rooms, MEDIATOR);
        rooms = RoomRules.came(mediation, rooms, ANN);
        rooms = RoomRules.came(mediation, rooms, BO);
        assertThat(rooms.of(MEDIATOR)).contains(Room.JOINT);
        assertThat(rooms.together(ANN, BO)).as("each waits alone").isFalse();
        assertThat(bar(Set.of(ANN), Room.JOINT)).isEqualTo(Bar.CONSENT_REQUIRED);
        agree(ANN, true);
        move(Set.of(ANN), Room.JOINT);
        assertThat(rooms.together(MEDIATOR, ANN)).isTrue();
    }

    @Test
    void aPrivateTalkIsOneActForAllOfIt() {
        gather();
        move(Set.of(MEDIATOR, ANN, ANNS_AGENT), ANNS);
        assertThat(rooms.in(ANNS)).containsExactly(MEDIATOR, ANN, ANNS_AGENT);
        assertThat(rooms.in(Room.JOINT)).containsExactly(BO);
        assertThat(bar(Set.of(MEDIATOR, BO), ANNS)).isEqualTo(Bar.OTHER_SIDE);
        assertThat(bar(Set.of(ANNS_AGENT), Room.of(BO))).isEqualTo(Bar.OTHER_SIDE);
        assertThat(bar(Set.of(MEDIATOR), Room.of(ANNS_AGENT))).isEqualTo(Bar.NO_SUCH_ROOM);
        assertThat(RoomRules.move(mediation, rooms, ANN, Set.of(ANN), Room.JOINT))
                .isEqualTo(new Ruling.Barred<>(Bar.MEDIATOR_ONLY));
    }

    @Test
    void whoeverTalksAmongThemselvesIsAskedBeforeTheMediatorComesIn() {
        gather();
        move(Set.of(ANN, ANNS_AGENT), ANNS);
        assertThat(bar(Set.of(MEDIATOR), ANNS)).isEqualTo(Bar.KNOCK_FIRST);
        rooms = allowed(RoomRules.knock(mediation, rooms, MEDIATOR, ANN, NOON));
        assertThat(RoomRules.answer(mediation, rooms, BO, true, NOON))
                .isEqualTo(new Ruling.Barred<>(Bar.NOBODY_KNOCKED));
        assertThat(RoomRules.answer(mediation, rooms, ANN, true, NOON.plusSeconds(61)))
                .isEqualTo(new Ruling.Barred<>(Bar.NOBODY_KNOCKED));
        var no = allowed(RoomRules.answer(mediation, rooms, ANN, false, NOON));
        assertThat(no.in(ANNS)).containsExactly(ANN, ANNS_AGENT);
        var yes = allowed(RoomRules.answer(mediation, rooms, ANNS_AGENT, true, NOON));
        assertThat(yes.in(ANNS)).contains(MEDIATOR);
        assertThat(yes.knock()).isNull();
    }

    @Test
    void aLockedTableLetsNobodyNewInAndKeepsWhoIsThere() {
        gather();
        move(Set.of(BO), Room.WAITING);
        rooms = allowed(RoomRules.lock(mediation, rooms, MEDIATOR, true));
        assertThat(bar(Set.of(BO), Room.JOINT)).isEqualTo(Bar.TABLE_LOCKED);
        move(Set.of(MEDIATOR, ANN), ANNS);
        assertThat(rooms.in(ANNS)).containsExactly(MEDIATOR, ANN);
    }

    @Test
    void withoutTheMediatorEverybodyIsBackInTheWaitingRoom() {
        gather();
        move(Set.of(MEDIATOR, ANN), ANNS);
        rooms = RoomRules.left(mediation, rooms, MEDIATOR);
        assertThat(rooms.in(Room.WAITING)).containsExactly(ANN, BO, ANNS_AGENT);
        rooms = RoomRules.came(mediation, rooms, MEDIATOR);
        move(Set.of(ANN, BO), Room.JOINT);
        assertThat(rooms.together(ANN, BO)).isTrue();
    }

    @Test
    void aConsentThatIsTakenBackPutsOneOutOfTheRoomAtOnce() {
        gather();
        agree(BO, false);
        rooms = RoomRules.settled(mediation, rooms);
        assertThat(rooms.of(BO)).contains(Room.WAITING);
        assertThat(rooms.together(MEDIATOR, ANN)).isTrue();
    }

    /// Whatever anybody tries, in whatever order.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyEverIsWhereTheyMayNotBe(long seed) {
        var random = new SplittableRandom(seed);
        mediation =
                Tables.of(
                        Role.MEDIATOR,
                        Role.PARTY,
                        Role.PARTY,
                        Role.AGENT,
                        Role.PARTY,
                        Role.CLERK,
                        Role.EXPERT,
                        Role.OBSERVER,
                        Role.INTERPRETER,
                        Role.MEDIATOR);
        var now = NOON;
        int moves = 0;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusSeconds(random.nextInt(30));
            var before = rooms;
            var who = any(random);
            switch (random.nextInt(8)) {
                case 0 -> rooms = RoomRules.came(mediation, rooms, who);
                case 1 ->
                        rooms =
                                random.nextInt(4) == 0
                                        ? RoomRules.left(mediation, rooms, who)
                                        : rooms;
                case 2 -> {
                    agree(who, random.nextInt(5) > 0);
                    rooms = RoomRules.settled(mediation, rooms);
                }
                case 3 -> take(RoomRules.lock(mediation, rooms, who, random.nextInt(4) == 0));
                case 4 -> take(RoomRules.knock(mediation, rooms, who, any(random), now));
                case 5 -> take(RoomRules.answer(mediation, rooms, who, random.nextBoolean(), now));
                default -> {
                    var people = some(random);
                    var room = anyRoom(random);
                    var ruling = RoomRules.move(mediation, rooms, who, people, room);
                    if (ruling instanceof Ruling.Allowed<Rooms>(Rooms next)) {
                        moves++;
                        assertThat(next.in(room)).containsAll(people);
                        rooms = next;
                    } else {
                        assertThat(rooms).as("all or none").isEqualTo(before);
                    }
                }
            }
            check(before);
        }
        assertThat(moves).isGreaterThan(50);
    }

    private void check(Rooms before) {
        boolean led = rooms.places().keySet().stream().anyMatch(id -> role(id) == Role.MEDIATOR);
        rooms.places()
                .forEach((id, room) -> {
                    if (room.equals(Room.WAITING)) {
                        return;
                    }
                    assertThat(led).as("a room without a mediator at the table").isTrue();
                    assertThat(rooms.in(room)).hasSizeLessThanOrEqualTo(8);
                    assertThat(role(id).leads() || mediation.agreedTo(id, Subject.CONFIDENTIALITY))
                            .isTrue();
                    if (room instanceof Room.Private(PersonId party)) {
                        assertThat(role(party)).isEqualTo(Role.PARTY);
                        assertThat(role(id) == Role.PARTY && !id.equals(party)).isFalse();
                        assertThat(role(id)).isNotEqualTo(Role.OBSERVER);
                        assertThat(
                                        role(id) == Role.AGENT
                                                && !party.equals(
                                                        mediation.person(id).orElseThrow().side()))
                                .isFalse();
                    }
                });
        if (before.locked() && rooms.locked()) {
            before.in(Room.WAITING)
                    .forEach(id ->
                            assertThat(rooms.of(id).orElse(Room.WAITING)).isEqualTo(Room.WAITING));
        }
    }

    private Role role(PersonId id) {
        return mediation.person(id).orElseThrow().role();
    }

    private void take(Ruling<Rooms> ruling) {
        if (ruling instanceof Ruling.Allowed<Rooms>(Rooms next)) {
            rooms = next;
        }
    }

    private PersonId any(SplittableRandom random) {
        // The first is a mediator, who has the most to do.
        return random.nextInt(3) == 0
                ? MEDIATOR
                : mediation.people().get(random.nextInt(mediation.people().size())).id();
    }

    private Set<PersonId> some(SplittableRandom random) {
        var people = new HashSet<PersonId>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            people.add(any(random));
        }
        return people;
    }

    private Room anyRoom(SplittableRandom random) {
        var all = new ArrayList<Room>(List.of(Room.WAITING, Room.JOINT, Room.JOINT));
        mediation.people().forEach(person -> all.add(Room.of(person.id())));
        return all.get(random.nextInt(all.size()));
    }

    private void agree(PersonId person, boolean given) {
        var ruling =
                CaseRules.consent(
                        mediation, person, Subject.CONFIDENTIALITY, CaseRules.TEXTS, given, NOON);
        if (ruling instanceof Ruling.Allowed<Mediation>(Mediation next)) {
            mediation = next;
        }
    }

    private void move(Set<PersonId> people, Room room) {
        rooms = allowed(RoomRules.move(mediation, rooms, MEDIATOR, people, room));
    }

    private Bar bar(Set<PersonId> people, Room room) {
        return Tables.bar(RoomRules.move(mediation, rooms, MEDIATOR, people, room));
    }

    private static Rooms allowed(Ruling<Rooms> ruling) {
        return Tables.allowed(ruling);
    }
}
