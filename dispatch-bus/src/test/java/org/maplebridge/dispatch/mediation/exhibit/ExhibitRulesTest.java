package org.maplebridge.dispatch.mediation.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person.Role;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.RoomRules;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

class ExhibitRulesTest {
    private static final PersonId MEDIATOR = new PersonId("p1");
    private static final PersonId ANN = new PersonId("p2");
    private static final PersonId BO = new PersonId("p3");
    private static final PersonId OBSERVER = new PersonId("p4");
    private static final Audience JOINT = new Audience.In(Room.JOINT);
    private static final Audience OF_ANN = new Audience.In(Room.of(ANN));
    private static final Exhibit.Thing PHOTO = photo("e1");

    private final Mediation mediation = mediation();
    private Rooms rooms = together();
    private Exhibits exhibits = Exhibits.none();

    private static Exhibit.Thing photo(String id) {
        return new Exhibit.Thing(new EvidenceId(id), Exhibit.Kind.PICTURE, "院墙.jpg");
    }

    private static Mediation mediation() {
        var mediation =
                new Mediation(
                        new MediationId("m-1"),
                        null,
                        new NodeId("zeguo"),
                        "相邻纠纷",
                        "院墙",
                        new UserId("mediator"),
                        Instant.EPOCH,
                        null);
        for (Role role : List.of(Role.MEDIATOR, Role.PARTY, Role.PARTY, Role.OBSERVER)) {
            mediation = allowed(CaseRules.add(mediation, role, "某", null, null, null));
        }
        for (PersonId one : List.of(ANN, BO, OBSERVER)) {
            mediation =
                    allowed(
                            CaseRules.consent(
                                    mediation,
                                    one,
                                    Consent.Subject.CONFIDENTIALITY,
                                    CaseRules.TEXTS,
                                    true,
                                    Instant.EPOCH));
        }
        return mediation;
    }

    private Rooms together() {
        var next = Rooms.empty();
        for (PersonId one : List.of(MEDIATOR, ANN, BO, OBSERVER)) {
            next = RoomRules.came(mediation, next, one);
        }
        return allowed(
                RoomRules.move(mediation, next, MEDIATOR, Set.of(ANN, BO, OBSERVER), Room.JOINT));
    }

    private void apart() {
        rooms =
                allowed(
                        RoomRules.move(
                                mediation, rooms, MEDIATOR, Set.of(MEDIATOR, ANN), Room.of(ANN)));
    }

    private Ruling<Exhibits> show(PersonId by, Exhibit.Thing thing, Audience audience) {
        return ExhibitRules.show(mediation, rooms, exhibits, by, thing, audience);
    }

    private void shows(PersonId by, Exhibit.Thing thing, Audience audience) {
        exhibits = allowed(show(by, thing, audience));
    }

    private Ruling<Exhibits> mark(PersonId by, String points) {
        var mark = Mark.of(by, Mark.Shape.LINE, points);
        return ExhibitRules.mark(mediation, rooms, exhibits, by, PHOTO.id(), mark);
    }

    private boolean sees(PersonId person) {
        return !ExhibitRules.shown(mediation, rooms, exhibits, person).isEmpty();
    }

    @Test
    void whatIsShownInAPrivateRoomIsForWhoIsThere() {
        apart();
        shows(MEDIATOR, PHOTO, OF_ANN);
        assertThat(List.of(sees(MEDIATOR), sees(ANN), sees(BO), sees(OBSERVER)))
                .containsExactly(true, true, false, false);
        shows(MEDIATOR, PHOTO, Audience.EVERYBODY);
        assertThat(List.of(sees(ANN), sees(BO), sees(OBSERVER))).containsOnly(true);
    }

    @Test
    void itStaysInTheRoomWhenPeopleLeaveIt() {
        apart();
        shows(ANN, PHOTO, OF_ANN);
        rooms =
                allowed(
                        RoomRules.move(
                                mediation, rooms, MEDIATOR, Set.of(MEDIATOR, ANN), Room.JOINT));
        assertThat(sees(ANN)).isFalse();
        assertThat(sees(MEDIATOR)).as("of a party's the mediator sees no more").isFalse();
        rooms = allowed(RoomRules.move(mediation, rooms, MEDIATOR, Set.of(ANN), Room.WAITING));
        exhibits = Exhibits.none();
        shows(MEDIATOR, PHOTO, Audience.EVERYBODY);
        assertThat(sees(ANN)).as("who waits is shown nothing").isFalse();
    }

    @Test
    void aPartyShowsToTheRoomThatItIsInAndNowhereElse() {
        apart();
        assertThat(bar(show(BO, PHOTO, OF_ANN))).isEqualTo(Bar.NOT_IN_THAT_ROOM);
        assertThat(bar(show(BO, PHOTO, new Audience.In(Room.of(BO)))))
                .isEqualTo(Bar.NOT_IN_THAT_ROOM);
        assertThat(bar(show(BO, PHOTO, Audience.EVERYBODY))).isEqualTo(Bar.NOT_IN_THAT_ROOM);
        assertThat(bar(show(ANN, PHOTO, JOINT))).isEqualTo(Bar.NOT_IN_THAT_ROOM);
        shows(BO, PHOTO, JOINT);
        assertThat(List.of(sees(BO), sees(ANN))).containsExactly(true, false);
    }

    @Test
    void whatAPartyShowedCrossesOverByThatPartyAlone() {
        apart();
        shows(ANN, PHOTO, OF_ANN);
        assertThat(bar(show(MEDIATOR, PHOTO, Audience.EVERYBODY))).isEqualTo(Bar.NOT_YOURS);
        assertThat(sees(BO)).isFalse();
    }

    @Test
    void marksDoNotCrossOver() {
        apart();
        shows(MEDIATOR, PHOTO, OF_ANN);
        exhibits = allowed(mark(ANN, "0,0 500,500"));
        shows(MEDIATOR, PHOTO, OF_ANN);
        assertThat(exhibits.of(PHOTO.id()).orElseThrow().marks()).hasSize(1);
        shows(MEDIATOR, PHOTO, Audience.EVERYBODY);
        assertThat(exhibits.of(PHOTO.id()).orElseThrow().marks()).isEmpty();
    }

    @Test
    void marksAreRefusedByName() {
        shows(MEDIATOR, PHOTO, JOINT);
        assertThat(bar(mark(ANN, "0,0 1001,5"))).isEqualTo(Bar.BAD_MARK);
        assertThat(bar(mark(OBSERVER, "0,0 1,5"))).isEqualTo(Bar.ONLY_LISTENS);
        for (int i = 0; i < Exhibit.MOST_MARKS; i++) {
            exhibits = allowed(mark(i % 2 == 0 ? ANN : BO, "0,0 1000," + i));
        }
        assertThat(bar(mark(ANN, "0,0 1,5"))).isEqualTo(Bar.TOO_MANY_MARKS);
        assertThat(bar(ExhibitRules.clear(mediation, rooms, exhibits, ANN, PHOTO.id())))
                .isEqualTo(Bar.NOT_YOURS);
        exhibits = allowed(ExhibitRules.clear(mediation, rooms, exhibits, MEDIATOR, PHOTO.id()));
        assertThat(exhibits.all().getFirst().marks()).isEmpty();
        apart();
        assertThat(bar(mark(ANN, "0,0 1,5"))).as("in another room").isEqualTo(Bar.NO_SUCH_EXHIBIT);
    }

    @Test
    void aFilmAndAPaperAreNotDrawnOver() {
        var paper = new Exhibit.Thing(PHOTO.id(), Exhibit.Kind.DOCUMENT, "借条.pdf");
        shows(MEDIATOR, paper, JOINT);
        assertThat(bar(mark(ANN, "0,0 1,5"))).isEqualTo(Bar.BAD_MARK);
    }

    @Test
    void whatIsNotShownToSomebodyIsForThemNotThere() {
        apart();
        shows(MEDIATOR, PHOTO, OF_ANN);
        for (String id : List.of("e1", "e9")) {
            var what = new EvidenceId(id);
            assertThat(bar(ExhibitRules.remove(mediation, rooms, exhibits, BO, what)))
                    .isEqualTo(Bar.NO_SUCH_EXHIBIT);
            assertThat(
                            bar(
                                    ExhibitRules.mark(
                                            mediation,
                                            rooms,
                                            exhibits,
                                            BO,
                                            what,
                                            Mark.of(BO, Mark.Shape.POINT, "1,1"))))
                    .isEqualTo(Bar.NO_SUCH_EXHIBIT);
        }
        assertThat(bar(ExhibitRules.remove(mediation, rooms, exhibits, ANN, PHOTO.id())))
                .isEqualTo(Bar.NOT_YOURS);
        exhibits = allowed(ExhibitRules.remove(mediation, rooms, exhibits, MEDIATOR, PHOTO.id()));
        assertThat(exhibits.all()).isEmpty();
    }

    @Test
    void roomsThatAreNoneAndATableThatIsFull() {
        assertThat(bar(show(MEDIATOR, PHOTO, new Audience.In(Room.WAITING))))
                .isEqualTo(Bar.NO_SUCH_ROOM);
        assertThat(bar(show(MEDIATOR, PHOTO, new Audience.In(Room.of(OBSERVER)))))
                .isEqualTo(Bar.NO_SUCH_ROOM);
        assertThat(bar(show(OBSERVER, PHOTO, JOINT))).isEqualTo(Bar.ONLY_LISTENS);
        assertThat(bar(show(new PersonId("p9"), PHOTO, JOINT))).isEqualTo(Bar.NO_SUCH_PERSON);
        for (int i = 0; i < Exhibits.MOST; i++) {
            shows(MEDIATOR, photo("x" + i), JOINT);
        }
        assertThat(bar(show(MEDIATOR, PHOTO, JOINT))).isEqualTo(Bar.TABLE_FULL);
        rooms = RoomRules.left(mediation, rooms, ANN);
        assertThat(bar(show(ANN, PHOTO, JOINT))).isEqualTo(Bar.NOT_PRESENT);
    }

    @Test
    void whenItIsOverNothingLiesThereForAnybody() {
        shows(MEDIATOR, PHOTO, JOINT);
        var over =
                allowed(
                        CaseRules.end(
                                mediation,
                                MEDIATOR,
                                Mediation.Outcome.CANCELLED,
                                "C",
                                Instant.EPOCH));
        assertThat(ExhibitRules.shown(over, rooms, exhibits, ANN)).isEmpty();
        assertThat(bar(ExhibitRules.show(over, rooms, exhibits, MEDIATOR, PHOTO, JOINT)))
                .isEqualTo(Bar.MEDIATION_OVER);
        assertThat(bar(ExhibitRules.remove(over, rooms, exhibits, MEDIATOR, PHOTO.id())))
                .isEqualTo(Bar.MEDIATION_OVER);
    }

    /// Whatever people do, nobody is shown what was laid before a room that they are not in.
    @Test
    void neverAcrossADoor() {
        var random = new Random(30);
        var people = List.of(MEDIATOR, ANN, BO, OBSERVER);
        var audiences = List.of(Audience.EVERYBODY, JOINT, OF_ANN, new Audience.In(Room.of(BO)));
        var places = List.of(Room.WAITING, Room.JOINT, Room.of(ANN), Room.of(BO));
        int crossed = 0;
        for (int i = 0; i < 20_000; i++) {
            var by = people.get(random.nextInt(people.size()));
            if (random.nextBoolean()) {
                var room = places.get(random.nextInt(places.size()));
                rooms = or(RoomRules.move(mediation, rooms, MEDIATOR, Set.of(by), room), rooms);
            } else {
                var thing = photo("e" + random.nextInt(5));
                var audience = audiences.get(random.nextInt(audiences.size()));
                exhibits = or(show(by, thing, audience), exhibits);
            }
            for (PersonId one : List.of(ANN, BO, OBSERVER)) {
                var here = rooms.of(one).orElseThrow();
                for (var shown : ExhibitRules.shown(mediation, rooms, exhibits, one)) {
                    assertThat(here).isNotEqualTo(Room.WAITING);
                    assertThat(shown.audience()).isIn(Audience.EVERYBODY, new Audience.In(here));
                    crossed++;
                }
            }
        }
        assertThat(crossed).as("shown at all").isGreaterThan(10_000);
    }

    @Test
    void aMarkIsPointsWithinThePictureAndNothingElse() {
        assertThat(Mark.of(ANN, Mark.Shape.BOX, "0,0 1000,1000").map(Mark::text))
                .contains("0,0 1000,1000");
        assertThat(Mark.of(ANN, Mark.Shape.POINT, "7,1000")).isPresent();
        assertThat(Mark.of(ANN, Mark.Shape.LINE, "1,1 ".repeat(Mark.MOST_POINTS).strip()))
                .isPresent();
        for (String text :
                List.of(
                        "",
                        "1",
                        "1,2,3",
                        "-1,2 3,4",
                        "1,1001 3,4",
                        "1,2  3,4",
                        "1,2;3,4",
                        "٣,2 3,4",
                        "01234,1 2,2",
                        "<svg>,1 2,2",
                        "1,1 ".repeat(Mark.MOST_POINTS + 1).strip())) {
            assertThat(Mark.of(ANN, Mark.Shape.LINE, text)).as(text).isEmpty();
        }
        assertThat(Mark.of(ANN, Mark.Shape.POINT, "1,1 2,2")).isEmpty();
        assertThat(Mark.of(ANN, Mark.Shape.BOX, "1,1")).isEmpty();
        assertThat(Mark.of(ANN, Mark.Shape.LINE, "1,1")).isEmpty();
    }

    private static Exhibits or(Ruling<Exhibits> ruling, Exhibits before) {
        return ruling instanceof Ruling.Allowed<Exhibits>(Exhibits next) ? next : before;
    }

    private static Rooms or(Ruling<Rooms> ruling, Rooms before) {
        return ruling instanceof Ruling.Allowed<Rooms>(Rooms next) ? next : before;
    }

    private static <T> T allowed(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<T>(T next) -> next;
            case Ruling.Barred<T>(Bar why) -> throw new AssertionError(why);
        };
    }

    private static Bar bar(Ruling<?> ruling) {
        if (ruling instanceof Ruling.Barred<?>(Bar why)) {
            return why;
        }
        throw new AssertionError(ruling);
    }
}
