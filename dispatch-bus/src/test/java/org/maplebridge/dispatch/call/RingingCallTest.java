package org.maplebridge.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.call.CallInput.*;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallOutput.Closed;
import org.maplebridge.dispatch.call.CallOutput.NotRinging;
import org.maplebridge.dispatch.call.CallOutput.Opened;
import org.maplebridge.dispatch.call.CallOutput.Ringing;
import org.maplebridge.dispatch.call.CallOutput.WakeAt;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.model.SessionId;

class RingingCallTest {
    private static final SessionId ROOM = new SessionId("room");
    private static final SessionId CAR = new SessionId("car");
    private static final SessionId SEAT = new SessionId("seat");
    private static final SessionId OTHER = new SessionId("other");
    private static final long RING = Wishes.RING_NANOS;

    @Test
    void itRingsAtBothEnds() {
        var begun = PrivateCall.begin(Wishes.ringing(ROOM, true, CAR, SEAT), 7);

        assertThat(begun.outputs())
                .containsExactly(
                        new Ringing(ROOM),
                        new Ringing(CAR),
                        new Ringing(SEAT),
                        new WakeAt(7 + RING));
        assertThat(begun.next().endOf(ROOM)).contains(End.CALLER);
        assertThat(begun.next().endOf(SEAT)).contains(End.CALLEE);
        assertThat(begun.next().endOf(OTHER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstToAnswerHasTheCall(boolean oneAtATime) {
        var ringing = PrivateCall.begin(Wishes.ringing(ROOM, oneAtATime, CAR, SEAT), 0).next();

        var answered = step(ringing, new Answer(SEAT), 1);

        assertThat(answered.outputs())
                .containsExactly(
                        new Opened(ROOM),
                        new Opened(SEAT),
                        new Closed(CAR, CallEnd.ANSWERED_ELSEWHERE));
        assertThat(((CallState.Open) answered.next()).present())
                .isEqualTo(Map.of(ROOM, End.CALLER, SEAT, End.CALLEE));
        assertThat(step(answered.next(), new Answer(CAR), 2).outputs())
                .containsExactly(new NotRinging(CAR));
        assertThat(step(answered.next(), new Answer(SEAT), 2).outputs())
                .containsExactly(new NotRinging(SEAT));
        assertThat(step(answered.next(), new Wake(), RING).outputs()).isEmpty();
    }

    @Test
    void nobodyAnswersTheirOwnCallOrAStrangers() {
        var ringing = ringing(CAR);

        for (var who : List.of(ROOM, OTHER)) {
            assertThat(step(ringing, new Answer(who), 1))
                    .isEqualTo(new PrivateCall.Step(ringing, List.of(new NotRinging(who))));
            assertThat(step(ringing, new Decline(who), 1).outputs())
                    .containsExactly(new NotRinging(who));
        }
    }

    @Test
    void oneDeviceDeclinesAndTheOtherGoesOnRinging() {
        var left = step(ringing(CAR, SEAT), new Decline(CAR), 1);

        assertThat(left.outputs()).containsExactly(new Closed(CAR, CallEnd.DECLINED));
        var over = step(left.next(), new Decline(SEAT), 2);
        assertThat(over.outputs())
                .containsExactly(
                        new Closed(SEAT, CallEnd.DECLINED), new Closed(ROOM, CallEnd.DECLINED));
        assertThat(over.next()).isEqualTo(new CallState.Closed());
        assertThat(step(over.next(), new Answer(CAR), 3).outputs())
                .containsExactly(new NotRinging(CAR));
        assertThat(step(over.next(), new Decline(CAR), 3).outputs())
                .containsExactly(new NotRinging(CAR));
    }

    @Test
    void hangingUpWhereItRingsIsDeclining() {
        assertThat(step(ringing(CAR), new HangUp(CAR), 1).outputs())
                .containsExactly(
                        new Closed(CAR, CallEnd.DECLINED), new Closed(ROOM, CallEnd.DECLINED));
    }

    @Test
    void theCallerMayHangUpWhileItRings() {
        assertThat(step(ringing(CAR, SEAT), new HangUp(ROOM), 1).outputs())
                .containsExactly(
                        new Closed(ROOM, CallEnd.OWN_WISH),
                        new Closed(CAR, CallEnd.OTHER_SIDE),
                        new Closed(SEAT, CallEnd.OTHER_SIDE));
        assertThat(step(ringing(CAR), new HangUp(OTHER), 1).outputs()).isEmpty();
    }

    @Test
    void nobodyRingsForEver() {
        var ringing = ringing(CAR);

        assertThat(step(ringing, new Wake(), RING - 1).outputs()).containsExactly(new WakeAt(RING));
        var over = step(ringing, new Wake(), RING);
        assertThat(over.outputs())
                .containsExactly(
                        new Closed(ROOM, CallEnd.NO_ANSWER), new Closed(CAR, CallEnd.NO_ANSWER));
        assertThat(over.next()).isEqualTo(new CallState.Closed());
    }

    @Test
    void aDeviceThatComesBackIsRungAgain() {
        var away = step(ringing(CAR), new Lost(CAR), 1);
        assertThat(away.outputs()).isEmpty();

        var back = step(away.next(), new Join(SEAT, End.CALLEE), 2);

        assertThat(back.outputs()).containsExactly(new Ringing(SEAT));
        assertThat(step(back.next(), new Answer(SEAT), 3).says(new Opened(SEAT))).isTrue();
        assertThat(step(ringing(CAR), new Join(OTHER, End.CALLER), 1).outputs()).isEmpty();
        assertThat(step(ringing(CAR), new Join(ROOM, End.CALLEE), 1).outputs()).isEmpty();
        assertThat(step(ringing(CAR), new Lost(OTHER), 1).outputs()).isEmpty();
    }

    @Test
    void withoutItsCallerACallIsOver() {
        assertThat(step(ringing(CAR), new Lost(ROOM), 1).outputs())
                .containsExactly(new Closed(CAR, CallEnd.LOST));
    }

    @Test
    void withoutAFloorEachSideIsOneDevice() {
        var open =
                step(
                                PrivateCall.begin(Wishes.ringing(ROOM, false, CAR), 0).next(),
                                new Answer(CAR),
                                1)
                        .next();

        assertThat(step(open, new Join(SEAT, End.CALLEE), 2))
                .isEqualTo(new PrivateCall.Step(open, List.of()));
        assertThat(step(open, new Join(CAR, End.CALLEE), 2).outputs())
                .containsExactly(new Opened(CAR));
        var lonely = step(open, new Lost(CAR), 3).next();
        var back = step(lonely, new Join(SEAT, End.CALLEE), 4);
        assertThat(back.outputs()).containsExactly(new Opened(SEAT));
        assertThat(((CallState.Open) back.next()).lonely()).isFalse();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /// Whoever was told that it rings or is open is told exactly once that it is over.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyWhoHeardOfTheCallHearsOfItsEnd(long seed) {
        var random = new SplittableRandom(seed);
        boolean oneAtATime = random.nextBoolean();
        long now = random.nextLong();
        var step = PrivateCall.begin(Wishes.ringing(ROOM, oneAtATime, CAR, SEAT), now);
        var told = new HashSet<SessionId>();
        hear(step, told);
        var everybody = List.of(ROOM, CAR, SEAT, OTHER);
        for (int i = 0; i < 60; i++) {
            now += random.nextLong(RING / 4);
            var who = everybody.get(random.nextInt(everybody.size()));
            if (step.next() instanceof CallState.Closed) {
                break;
            }
            var input = any(random, who);
            step = PrivateCall.step(step.next(), input, now);
            if (input instanceof Lost) {
                told.remove(who);
            }
            hear(step, told);
            assertThat(step.next() instanceof CallState.Closed).isEqualTo(told.isEmpty());
            assertThat(takingPart(step.next())).isEqualTo(told);
            if (step.next() instanceof CallState.Open open && !oneAtATime) {
                assertThat(open.of(End.CALLER)).hasSizeLessThanOrEqualTo(1);
                assertThat(open.of(End.CALLEE)).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static void hear(PrivateCall.Step step, Set<SessionId> told) {
        for (var output : step.outputs()) {
            switch (output) {
                case Ringing(var to) -> told.add(to);
                case Opened(var to) -> told.add(to);
                case Closed(var to, _) -> assertThat(told.remove(to)).isTrue();
                case NotRinging _, WakeAt _ -> {}
            }
        }
    }

    private static Set<SessionId> takingPart(CallState state) {
        var there = new HashMap<SessionId, End>();
        for (var who : List.of(ROOM, CAR, SEAT, OTHER)) {
            state.endOf(who).ifPresent(end -> there.put(who, end));
        }
        return there.keySet();
    }

    private static CallInput any(SplittableRandom random, SessionId who) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Join(who, random.nextBoolean() ? End.CALLER : End.CALLEE);
            case 2, 3 -> new Lost(who);
            case 4 -> new HangUp(who);
            case 5, 6 -> new Answer(who);
            case 7 -> new Decline(who);
            default -> new Wake();
        };
    }

    private static CallState ringing(SessionId... callees) {
        return PrivateCall.begin(Wishes.ringing(ROOM, true, callees), 0).next();
    }

    private static PrivateCall.Step step(CallState state, CallInput input, long now) {
        return PrivateCall.step(state, input, now);
    }
}
