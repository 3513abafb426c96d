package org.maplebridge.dispatch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.incident.Matter.*;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;

/// Who is called in, who has to come, and how rooms decide whose matter it is.
class MeetingTest {
    private static final NodeId TRAFFIC = new NodeId("traffic");
    private static final Action ADVANCE = new Action.Advance("好");
    private static final Actor AGENCY = seat("agency", TRAFFIC, true, false);

    @Test
    void anAgencyIsOfferedTheMatterOnceAndShownAsManyPicturesAsThereAre() {
        var seen = new Action.Invite(TRAFFIC, new UnitId("car1"), "可能违规", "2-1");
        var called = done(received(), seen, SEAT);
        var share = called.ledger().room(TRAFFIC).orElseThrow();
        assertThat(share.role()).isEqualTo(Room.Role.JOINT);
        assertThat(share.state()).isEqualTo(Room.State.OFFERED);
        assertThat(share.reason()).isEqualTo("可能违规");

        assertThat(done(called, seen, SEAT).ledger().rooms()).hasSize(2);
        var unseen = new Action.Invite(TRAFFIC, null, "可能违规", "2-1");
        assertThat(gate(called, unseen, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        var returned = done(called, new Action.Return("不归我管"), AGENCY);
        assertThat(done(returned, unseen, SEAT).ledger().room(TRAFFIC).orElseThrow().state())
                .isEqualTo(Room.State.OFFERED);
    }

    @Test
    void nobodyLeavesTheHandlingBeforeWhoIsExpectedHasProvedThatTheyCame() {
        var dossier = done(at("handling"), THERE, SEAT);
        dossier = done(dossier, new Action.Expect("leader", "带班领导"), SEAT);
        assertThat(gate(dossier, ADVANCE, SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        var claimed = done(dossier, new Action.Attend("leader", new Proof.Word("他说到了")), SEAT);
        assertThat(gate(claimed, ADVANCE, SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);

        var seen = new Action.Attend("leader", new Proof.Picture(new EvidenceId("e0")));
        assertThat(gate(claimed, seen, SEAT)).isEqualTo(Gate.NOT_PROVED);
        assertThat(gate(done(shown(claimed, NOON, true), seen, SEAT), ADVANCE, SEAT)).isNull();
        var excused = done(claimed, new Action.Excuse("leader", "改派副职"), SEAT);
        assertThat(gate(excused, ADVANCE, SEAT)).isNull();
        assertThat(gate(excused, new Action.Excuse("leader", "x"), SEAT))
                .isEqualTo(Gate.STEP_NOT_ALLOWED);
    }

    @Test
    void aPlaceThatNobodyLookedUpProvesNothing() {
        var said = new Action.Attend("station", new Proof.Place(new UnitId("car1"), null, null));
        assertThat(gate(at("handling"), said, SEAT)).isEqualTo(Gate.NOT_PROVED);
    }

    @Test
    void nobodyIsExpectedTwice() {
        var dossier = done(received(), new Action.Expect("leader", "带班领导"), SEAT);
        for (var again :
                List.of(
                        new Action.Expect("leader", "村医"),
                        new Action.Expect("other", "带班领导"),
                        new Action.Expect("station", "联勤站"))) {
            assertThat(gate(dossier, again, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        }
    }

    @Test
    void whatNobodyOwnsIsTalkedAboutBeforeItIsHandedOn() {
        var blind = new Action.Dispatch(TRAFFIC, Room.Role.OWNER, "估计归他们", false, true);
        var dossier = received();
        assertThat(gate(dossier, blind, SEAT)).isEqualTo(Gate.JOINT_SESSION_REQUIRED);
        dossier = done(dossier, new Action.Confer(List.of(TRAFFIC, POLICE), "归谁管"), SEAT);
        assertThat(gate(dossier, blind, SEAT)).isEqualTo(Gate.JOINT_SESSION_REQUIRED);
        assertThat(gate(dossier, new Action.Confer(List.of(CITY), "再来"), SEAT))
                .isEqualTo(Gate.STEP_NOT_ALLOWED);

        var settle = new Action.Settle(TRAFFIC, "施工车辆归交通执法", List.of(TRAFFIC));
        assertThat(gate(dossier, settle, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        dossier = done(dossier, new Action.Accept(), AGENCY);
        assertThat(gate(dossier, settle, OFFICER)).isEqualTo(Gate.NOT_ALLOWED);
        var absent = new Action.Settle(POLICE, "归派出所", List.of(TRAFFIC));
        assertThat(gate(dossier, absent, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        dossier = done(dossier, settle, SEAT);

        assertThat(dossier.incident().node()).isEqualTo(TRAFFIC);
        assertThat(dossier.ledger().room(TRAFFIC).orElseThrow().state())
                .isEqualTo(Room.State.ACCEPTED);
        assertThat(dossier.ledger().room(TOWN).orElseThrow().state()).isEqualTo(Room.State.DONE);
        var decision = dossier.ledger().sessions().getLast().decision();
        assertThat(Objects.requireNonNull(decision).present()).containsExactly(TOWN, TRAFFIC);
        assertThat(dossier.ledger().isSettled()).isTrue();
    }

    @Test
    void theRoomMayKeepItAfterAllHaveTalked() {
        var dossier = done(received(), new Action.Confer(List.of(TRAFFIC), "归谁管"), SEAT);
        dossier = done(dossier, new Action.Accept(), AGENCY);
        dossier = done(dossier, new Action.Settle(TOWN, "镇里自己办", List.of(TRAFFIC)), SEAT);
        assertThat(dossier.incident().node()).isEqualTo(TOWN);
        assertThat(dossier.ledger().session()).isEmpty();
    }

    @Test
    void aSessionIsOfSomeRoomsAndNotOfAll() {
        assertThat(gate(received(), new Action.Confer(List.of(TOWN), "x"), SEAT))
                .isEqualTo(Gate.STEP_NOT_ALLOWED);
        var crowd =
                IntStream.rangeClosed(0, Meeting.MOST_ROOMS)
                        .mapToObj(n -> new NodeId("room-" + n))
                        .toList();
        assertThat(gate(received(), new Action.Confer(crowd, "x"), SEAT))
                .isEqualTo(Gate.STEP_NOT_ALLOWED);
    }

    @Test
    void lettersAreCounted() {
        var letter = new Action.Letter("reminder", POLICE, true, NOON.plusSeconds(60));
        var dossier = done(done(received(), letter, SEAT), letter, SUPERVISOR);
        assertThat(dossier.ledger().letters()).hasSize(2);
        assertThat(gate(dossier, letter, OFFICER)).isEqualTo(Gate.NOT_ALLOWED);
    }
}
