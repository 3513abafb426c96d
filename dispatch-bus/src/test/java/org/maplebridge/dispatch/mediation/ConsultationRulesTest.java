package org.maplebridge.dispatch.mediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.mediation.Tables.allowed;
import static org.maplebridge.dispatch.mediation.Tables.bar;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.Person.Role;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// A table without parties: nobody is asked, nobody leads, nothing is recorded.
class ConsultationRulesTest {
    private static final PersonId ONE = new PersonId("p1");
    private static final PersonId TWO = new PersonId("p2");

    @Test
    void whoeverComesIsInTheOneRoomAtOnce() {
        var rooms = RoomRules.came(consultation(), Rooms.empty(), ONE);
        rooms = RoomRules.came(consultation(), rooms, TWO);
        assertThat(rooms.together(ONE, TWO)).isTrue();
    }

    @Test
    void itGoesOnWhenWhoCalledItLeaves() {
        var both = RoomRules.came(consultation(), Rooms.empty(), ONE);
        both = RoomRules.came(consultation(), both, TWO);
        assertThat(RoomRules.left(consultation(), both, ONE).of(TWO)).contains(Room.JOINT);
    }

    @Test
    void nobodyMovesLocksWritesOrHasARoomApart() {
        var it = consultation();
        var rooms = RoomRules.came(it, Rooms.empty(), ONE);
        assertThat(bar(RoomRules.move(it, rooms, ONE, Set.of(ONE), Room.WAITING)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
        assertThat(bar(RoomRules.lock(it, rooms, ONE, true))).isEqualTo(Bar.MEDIATOR_ONLY);
        assertThat(bar(CaseRules.write(it, ONE, Writing.Kind.MINUTES, 0, "x", Instant.EPOCH)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
        assertThat(RoomRules.mayBe(it, ONE, Room.of(TWO))).isFalse();
    }

    @Test
    void asManySitThereAsFitIntoTheRoomAndWhoHasAPlaceKeepsIt() {
        var full = consultation();
        while (full.people().size() < Rooms.MOST_IN_A_ROOM) {
            full = allowed(CaseRules.sit(full, "座席", seat(full.people().size())));
        }
        assertThat(bar(CaseRules.sit(full, "座席", seat(99)))).isEqualTo(Bar.ROOM_FULL);
        assertThat(allowed(CaseRules.sit(full, "座席", seat(2)))).isEqualTo(full);
        var over = allowed(CaseRules.endConsultation(consultation(), "C", Instant.EPOCH));
        assertThat(bar(CaseRules.sit(over, "座席", seat(2)))).isEqualTo(Bar.MEDIATION_OVER);
    }

    private static UserId seat(int number) {
        return new UserId("seat" + number);
    }

    @Test
    void itIsNotRecorded() {
        var rooms = RoomRules.came(consultation(), Rooms.empty(), ONE);
        rooms = RoomRules.came(consultation(), rooms, TWO);
        assertThat(RecordingRules.isRecorded(consultation(), rooms, Room.JOINT)).isFalse();
    }

    @Test
    void itEndsOnceAndEverybodyIsOutOfTheRoom() {
        var rooms = RoomRules.came(consultation(), Rooms.empty(), ONE);
        var over = allowed(CaseRules.endConsultation(consultation(), "C", Instant.EPOCH));
        assertThat(RoomRules.settled(over, rooms).of(ONE)).contains(Room.WAITING);
        assertThat(bar(CaseRules.endConsultation(over, "D", Instant.EPOCH)))
                .isEqualTo(Bar.MEDIATION_OVER);
    }

    @Test
    void aMediationDoesNotEndLikeThatNorAConsultationLikeAMediation() {
        var mediation = Tables.of(Role.MEDIATOR, Role.PARTY);
        assertThat(bar(CaseRules.endConsultation(mediation, "C", Instant.EPOCH)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
        assertThat(bar(CaseRules.end(mediation, ONE, Mediation.Outcome.HELD, "C", Instant.EPOCH)))
                .isEqualTo(Bar.SIGNATURES_MISSING);
        assertThat(
                        bar(
                                CaseRules.end(
                                        consultation(),
                                        ONE,
                                        Mediation.Outcome.CANCELLED,
                                        "C",
                                        Instant.EPOCH)))
                .isEqualTo(Bar.MEDIATOR_ONLY);
    }

    private static Mediation consultation() {
        var bare =
                Mediation.called(
                        new MediationId("c-1"),
                        null,
                        "iron-triangle",
                        new NodeId("xinhe"),
                        "铁三角会商",
                        new UserId("xinhe"),
                        Instant.EPOCH);
        var one = allowed(CaseRules.add(bare, Role.MEMBER, "副书记", null, null, null));
        return allowed(CaseRules.add(one, Role.MEMBER, "所长", null, null, null));
    }
}
