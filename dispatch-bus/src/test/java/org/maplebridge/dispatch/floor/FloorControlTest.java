package org.maplebridge.dispatch.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.floor.People.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.floor.FloorInput.*;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.floor.FloorOutput.Denied;
import org.maplebridge.dispatch.floor.FloorOutput.GateClosed;
import org.maplebridge.dispatch.floor.FloorOutput.GateOpened;
import org.maplebridge.dispatch.floor.FloorOutput.Granted;
import org.maplebridge.dispatch.floor.FloorOutput.Idle;
import org.maplebridge.dispatch.floor.FloorOutput.Queued;
import org.maplebridge.dispatch.floor.FloorOutput.Revoked;
import org.maplebridge.dispatch.floor.FloorOutput.Taken;
import org.maplebridge.dispatch.floor.FloorOutput.WakeAt;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// What the floor's users rely on, one sentence each. The whole table is in [FloorTableTest].
class FloorControlTest {
    private static final FloorRules RULES = FloorRules.standard();

    @Test
    void aFreeFloorIsGrantedAtOnceAndTheOthersAreTold() {
        List<FloorOutput> said = said(idle(RULES), Request.of(ANN), 7);

        assertThat(said)
                .containsExactly(
                        new GateOpened(ANN, 101),
                        new Granted(ANN, 101, 30 * SECOND, 0, Severity.YELLOW),
                        new Taken(new Audience.AllBut(ANN), ANN, 101, Severity.YELLOW, 7),
                        new WakeAt(7 + 4 * SECOND, FloorTimer.T1));
    }

    @Test
    void theOneWhoWaitedGetsTheFloorWithNoIdleMomentBetween() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);

        List<FloorOutput> said = said(floor, new Release(ANN), 2);

        assertThat(said)
                .startsWith(new GateClosed(ANN, 101), new GateOpened(BOB, 102))
                .noneMatch(Idle.class::isInstance);
        assertThat(after(floor, new Release(ANN), 2).talker()).contains(BOB);
    }

    @Test
    void aTalkerWhoIsNeverHeardLosesTheFloorAfterT1() {
        Floor floor = after(idle(RULES), Request.of(ANN), 0);

        assertThat(after(floor, new Wake(), 4 * SECOND - 1).talker()).contains(ANN);
        assertThat(after(floor, new Wake(), 4 * SECOND).talker()).isEmpty();
    }

    @Test
    void talkingTooLongIsRevokedEvenWhenNobodyWaits() {
        Floor floor = annTalks(RULES);
        for (long second = 1; second < 30; second++) {
            floor = after(floor, new Media(ANN), second * SECOND);
            floor = after(floor, new Wake(), second * SECOND);
        }

        Floor revoked = after(floor, new Wake(), 30 * SECOND);

        assertThat(said(floor, new Wake(), 30 * SECOND))
                .contains(new Revoked(ANN, RevokeCause.TALKED_TOO_LONG, 101));
        assertThat(revoked.talker()).contains(ANN);
        assertThat(said(revoked, new Wake(), 31 * SECOND))
                .contains(new Revoked(ANN, RevokeCause.TALKED_TOO_LONG, 101));
        assertThat(said(revoked, new Wake(), 33 * SECOND)).contains(new GateClosed(ANN, 101));
        assertThat(after(revoked, new Wake(), 33 * SECOND).talker()).isEmpty();
    }

    @Test
    void theTimeLeftCountsFromTheFirstPacketAndIsToldOnEveryRepeat() {
        Floor granted = after(idle(RULES), Request.of(ANN), 0);
        assertThat(left(granted, 3 * SECOND)).isEqualTo(30 * SECOND);

        Floor heard = after(granted, new Media(ANN), 3 * SECOND);
        assertThat(left(heard, 13 * SECOND)).isEqualTo(20 * SECOND);
    }

    @Test
    void anEmergencyMayTalkLongerAndIsToldSo() {
        Floor floor = after(idle(RULES), emergency(ANN), 0);

        assertThat(left(floor, 0)).isEqualTo(120 * SECOND);
    }

    @Test
    void aGraverTierTakesTheFloorAndTheTalkerHasThreeSecondsForLastWords() {
        List<FloorOutput> said = said(annTalks(RULES), emergency(BOB), SECOND);

        assertThat(said)
                .contains(new Queued(BOB, 1, 1, 0), new Revoked(ANN, RevokeCause.PRE_EMPTED, 101))
                .noneMatch(GateClosed.class::isInstance);
        Floor revoking = after(annTalks(RULES), emergency(BOB), SECOND);
        assertThat(after(revoking, new Release(ANN), 2 * SECOND).talker()).contains(BOB);
        assertThat(after(revoking, new Wake(), 4 * SECOND).talker()).contains(BOB);
    }

    @Test
    void inACutInGroupTheTalkerIsCutOffAtOnce() {
        List<FloorOutput> said = said(annTalks(RULES.asCutIn()), emergency(BOB), SECOND);

        assertThat(said)
                .startsWith(
                        new Revoked(ANN, RevokeCause.PRE_EMPTED, 101),
                        new GateClosed(ANN, 101),
                        new GateOpened(BOB, 102));
    }

    @Test
    void withinATierOnlyAStrictlyGreaterPriorityPreempts() {
        Floor floor = after(idle(RULES), pressed(ANN, 5), 0);

        assertThat(said(floor, pressed(CAT, 5), 1)).contains(new Queued(CAT, 1, 1, 5));
        assertThat(said(floor, pressed(CAT, 6), 1))
                .contains(new Revoked(ANN, RevokeCause.PRE_EMPTED, 101));
    }

    @Test
    void nobodyGetsAPriorityOrATierThatTheirProfileDoesNotGive() {
        Floor floor = after(idle(RULES), pressed(CAT, 6), 0);
        var modest = new Speaker(BOB, 5, Severity.ORANGE, false, false, false);
        floor = after(floor, new Join(modest), 0);

        assertThat(said(floor, pressed(BOB, 10), 1)).contains(new Queued(BOB, 1, 1, 5));

        Floor red = after(floor, new CallTier(Severity.RED), 1);
        assertThat(said(red, emergency(BOB), 1)).contains(new Queued(BOB, 1, 1, 0));
    }

    @Test
    void theOverrideKeyTakesTheFloorFromAnEqualButNotFromAnotherOverride() {
        Floor dan = after(annTalks(RULES.asCutIn()), override(DAN), 1);
        assertThat(dan.talker()).contains(DAN);
        assertThat(after(annTalks(RULES.asCutIn()), override(BOB), 1).talker()).contains(ANN);

        Floor both = after(dan, new Join(Speaker.of(BOB, 5).asChair()), 2);
        assertThat(after(both, override(BOB), 3).talker()).contains(DAN);
    }

    @Test
    void anEmergencyTalkerIsNotOverridden() {
        Floor floor = after(idle(RULES.asCutIn()), emergency(ANN), 0);

        assertThat(after(floor, override(DAN), 1).talker()).contains(ANN);
        assertThat(after(floor, pressed(CAT, 10), 1).talker()).contains(ANN);
    }

    @Test
    void theQueueGoesByTierThenChairThenPriorityThenArrival() {
        Floor floor = after(idle(RULES), emergency(ANN), 0);
        floor = after(floor, pressed(BOB, 1), 1);
        floor = after(floor, pressed(CAT, 3), 2);
        floor = after(floor, pressed(DAN, 0), 3);
        floor = after(floor, new Join(Speaker.of(ZOE, 5)), 4);
        floor = after(floor, new Request(ZOE, 0, Severity.ORANGE, false), 5);

        assertThat(floor.queued()).containsExactly(ZOE, DAN, CAT, BOB);
    }

    @Test
    void pressingAgainWhileWaitingKeepsThePlace() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);
        floor = after(floor, Request.of(CAT), 2);

        assertThat(said(floor, Request.of(BOB), 3)).containsExactly(new Queued(BOB, 1, 2, 0));
        assertThat(after(floor, Request.of(BOB), 3).queued()).containsExactly(BOB, CAT);
    }

    @Test
    void lettingTheKeyGoWhileWaitingGivesUpThePlaceAndTheOthersMoveUp() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);
        floor = after(floor, Request.of(CAT), 2);

        assertThat(said(floor, new Release(BOB), 3))
                .contains(new Queued(CAT, 1, 1, 0))
                .anyMatch(o -> o instanceof Taken(var to, _, _, _, _) && isTo(to, BOB));
    }

    @Test
    void aFullQueueAndAGroupWithoutQueueSayNo() {
        Floor full = after(annTalks(RULES.withQueue(true, 1)), Request.of(BOB), 1);
        assertThat(said(full, Request.of(CAT), 2))
                .containsExactly(new Denied(CAT, DenyCause.QUEUE_FULL));

        Floor none = annTalks(RULES.withQueue(false, 0));
        assertThat(said(none, Request.of(BOB), 1))
                .containsExactly(new Denied(BOB, DenyCause.ANOTHER_TALKS));
    }

    @Test
    void preemptingWorksWhereNobodyWaitsAndThePreemptedPreemptorIsDenied() {
        Floor floor = annTalks(RULES.withQueue(false, 0));
        floor = after(floor, pressed(CAT, 3), 1);
        assertThat(floor.queued()).containsExactly(CAT);

        assertThat(said(floor, emergency(BOB), 2))
                .contains(new Queued(BOB, 1, 1, 0), new Denied(CAT, DenyCause.ANOTHER_TALKS));
        assertThat(after(floor, emergency(BOB), 2).queued()).containsExactly(BOB);
    }

    @Test
    void theOneFromTheQueueIsToldThreeTimesUnlessHeard() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);
        floor = after(floor, new Release(ANN), 0);

        assertThat(said(floor, new Wake(), SECOND)).anyMatch(Granted.class::isInstance);
        Floor second = after(floor, new Wake(), SECOND);
        Floor third = after(second, new Wake(), 2 * SECOND);
        assertThat(said(third, new Wake(), 3 * SECOND)).noneMatch(Granted.class::isInstance);
        Floor acknowledged = after(floor, new Ack(BOB), 1);
        assertThat(said(acknowledged, new Wake(), SECOND)).noneMatch(Granted.class::isInstance);
        Floor heard = after(floor, new Media(BOB), 1);
        assertThat(said(heard, new Wake(), SECOND)).noneMatch(Granted.class::isInstance);
    }

    @Test
    void whoComesLateIsToldAtOnceWhoTalks() {
        List<FloorOutput> said = said(annTalks(RULES), new Join(Speaker.of(ZOE, 1)), SECOND);

        assertThat(said)
                .containsExactly(new Taken(new Audience.One(ZOE), ANN, 101, Severity.YELLOW, 0));
    }

    @Test
    void whoComesBackIsToldTheirOwnStandingAgain() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);

        assertThat(said(floor, new Join(Speaker.of(ANN, 5)), 2))
                .anyMatch(o -> o instanceof Granted(var to, _, _, _, _) && to.equals(ANN));
        assertThat(said(floor, new Join(Speaker.of(BOB, 5)), 2)).contains(new Queued(BOB, 1, 1, 0));
    }

    @Test
    void whoIsMutedWhileTalkingOrWaitingIsStopped() {
        Floor floor = after(annTalks(RULES), Request.of(BOB), 1);

        assertThat(said(floor, new Join(Speaker.of(ANN, 5).muted()), 2))
                .contains(new Revoked(ANN, RevokeCause.NO_PERMISSION, 101));
        assertThat(said(floor, new Join(Speaker.of(BOB, 5).muted()), 2))
                .contains(new Denied(BOB, DenyCause.RECEIVE_ONLY));
    }

    @Test
    void nobodyTalksToAnEmptyRoom() {
        Floor floor = Floor.before(RULES, 0);
        floor = after(floor, new Join(Speaker.of(ANN, 5)), 0);
        floor = after(floor, new SetUp(ANN), 0);
        assertThat(said(floor, Request.of(ANN), 1))
                .containsExactly(new Denied(ANN, DenyCause.ONLY_ONE_PARTICIPANT));

        floor = after(floor, new Join(Speaker.of(BOB, 5)), 1);
        floor = after(floor, Request.of(ANN), 2);
        assertThat(said(floor, new Leave(BOB), 3))
                .contains(new Revoked(ANN, RevokeCause.ONLY_ONE_PARTICIPANT, 1));
    }

    @Test
    void inABroadcastOnlyTheOriginatorTalksAndTheCallEndsWithTheTalk() {
        Floor floor = annTalks(RULES.asBroadcast());

        assertThat(floor.mayRequest(BOB)).isFalse();
        assertThat(said(floor, emergency(BOB), 1))
                .containsExactly(new Denied(BOB, DenyCause.RECEIVE_ONLY));
        assertThat(said(floor, new Release(ANN), 1))
                .containsExactly(new GateClosed(ANN, 101), new FloorOutput.Ended());
        assertThat(after(floor, new Leave(ANN), 1).isEnded()).isTrue();
    }

    @Test
    void aCallThatIsSetUpTalkingIsGrantedWithoutAnIdleMoment() {
        Floor floor = before(RULES);

        assertThat(said(floor, new SetUpTalking(Request.of(ANN)), 0))
                .startsWith(new GateOpened(ANN, 101))
                .noneMatch(Idle.class::isInstance);
        assertThat(said(floor, new SetUpTalking(Request.of(EVE)), 0))
                .startsWith(new Denied(EVE, DenyCause.RECEIVE_ONLY), new Idle(new Audience.All()));
    }

    @Test
    void aFloorThatNobodyWantsTellsTheCallEveryHalfMinute() {
        Floor floor = idle(RULES);

        assertThat(said(floor, new Wake(), 30 * SECOND)).contains(new FloorOutput.Inactive());
        Floor later = after(floor, new Wake(), 30 * SECOND);
        assertThat(said(later, new Wake(), 60 * SECOND)).contains(new FloorOutput.Inactive());
    }

    @Test
    void whereMessagesMayBeLostIdleIsSaidAgainAFewTimes() {
        Floor floor = idle(RULES.withIdleRepeats(SECOND, 2));

        assertThat(said(floor, new Wake(), SECOND)).contains(new Idle(new Audience.All()));
        Floor second = after(after(floor, new Wake(), SECOND), new Wake(), 2 * SECOND);
        assertThat(said(second, new Wake(), 3 * SECOND)).noneMatch(Idle.class::isInstance);
    }

    @Test
    void mediaDoNotAskForAWakeUpAtEveryPacket() {
        Floor floor = annTalks(RULES);

        assertThat(said(floor, new Media(ANN), SECOND)).isEmpty();
        assertThat(said(after(floor, new Media(ANN), SECOND), new Wake(), 4 * SECOND))
                .containsExactly(new WakeAt(5 * SECOND, FloorTimer.T1));
    }

    private static long left(Floor floor, long now) {
        return said(floor, Request.of(ANN), now).stream()
                .filter(Granted.class::isInstance)
                .mapToLong(o -> ((Granted) o).leftNanos())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTo(Audience audience, SessionId who) {
        return audience.equals(new Audience.One(who));
    }

    private static List<FloorOutput> said(Floor floor, FloorInput input, long now) {
        return FloorControl.step(floor, input, now).outputs();
    }
}
