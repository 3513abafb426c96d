package org.maplebridge.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.call.CallInput.*;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.model.SessionId;

class PrivateCallTest {
    private static final SessionId ROOM = new SessionId("room");
    private static final SessionId CAR = new SessionId("car");
    private static final SessionId SEAT = new SessionId("seat");
    private static final long AWAY = PrivateCall.AWAY_NANOS;

    @Test
    void aCallIsOpenAtBothEndsAtOnce() {
        var open = PrivateCall.begin(Wishes.auto(ROOM, CAR), 0);

        assertThat(open.outputs())
                .containsExactly(new CallOutput.Opened(ROOM), new CallOutput.Opened(CAR));
    }

    @Test
    void whenOneEndHangsUpTheOtherIsTold() {
        var closed = step(open(), new HangUp(CAR), 1);

        assertThat(closed.outputs())
                .containsExactly(
                        new CallOutput.Closed(CAR, CallEnd.OWN_WISH),
                        new CallOutput.Closed(ROOM, CallEnd.OTHER_SIDE));
        assertThat(closed.next()).isEqualTo(new CallState.Closed());
        assertThat(step(closed.next(), new HangUp(ROOM), 2).outputs()).isEmpty();
        assertThat(step(closed.next(), new Join(ROOM, End.CALLER), 2).outputs())
                .containsExactly(new CallOutput.Closed(ROOM, CallEnd.LOST));
    }

    @Test
    void oneOfTwoSeatsMayLeaveWithoutEndingTheCall() {
        CallState open = step(open(), new Join(SEAT, End.CALLER), 1).next();

        var left = step(open, new HangUp(SEAT), 2);

        assertThat(left.outputs()).containsExactly(new CallOutput.Closed(SEAT, CallEnd.OWN_WISH));
        assertThat(((CallState.Open) left.next()).of(End.CALLER)).containsExactly(ROOM);
    }

    @Test
    void anEndThatIsLostMayComeBackWithinHalfAMinute() {
        CallState lonely = step(open(), new Lost(CAR), 5).next();

        CallState back = step(lonely, new Join(CAR, End.CALLEE), AWAY).next();
        assertThat(step(back, new Wake(), 5 + AWAY).outputs()).isEmpty();
        assertThat(step(lonely, new Wake(), 4 + AWAY).outputs())
                .containsExactly(new CallOutput.WakeAt(5 + AWAY));
        assertThat(step(lonely, new Wake(), 5 + AWAY).outputs())
                .containsExactly(new CallOutput.Closed(ROOM, CallEnd.LOST));
    }

    @Test
    void aCallWithNobodyLeftIsOver() {
        CallState lonely = step(open(), new Lost(CAR), 5).next();

        assertThat(step(lonely, new Lost(ROOM), 6).next()).isEqualTo(new CallState.Closed());
    }

    @Test
    void strangersCannotEndACall() {
        var open = open();

        assertThat(step(open, new HangUp(SEAT), 1))
                .isEqualTo(new PrivateCall.Step(open, List.of()));
        assertThat(step(open, new Lost(SEAT), 1)).isEqualTo(new PrivateCall.Step(open, List.of()));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everybodyWhoIsInTheCallHearsOfItsEndExactlyOnce(long seed) {
        var random = new SplittableRandom(seed);
        long now = random.nextLong();
        var present = new HashSet<>(List.of(ROOM, CAR));
        CallState state = PrivateCall.begin(Wishes.auto(ROOM, CAR), now).next();
        for (int i = 0; i < 200; i++) {
            now += random.nextLong(AWAY / 2);
            SessionId who = List.of(ROOM, CAR, SEAT).get(random.nextInt(3));
            CallInput input =
                    switch (random.nextInt(4)) {
                        case 0 -> new Join(who, random.nextBoolean() ? End.CALLER : End.CALLEE);
                        case 1 -> new Lost(who);
                        case 2 -> new HangUp(who);
                        default -> new Wake();
                    };
            boolean open = state instanceof CallState.Open;
            var step = PrivateCall.step(state, input, now);
            if (open && input instanceof Join) {
                present.add(who);
            }
            if (input instanceof Lost) {
                present.remove(who);
            }
            for (CallOutput output : step.outputs()) {
                if (open && output instanceof CallOutput.Closed(var to, _)) {
                    assertThat(present.remove(to)).isTrue();
                }
            }
            state = step.next();
            if (state instanceof CallState.Open(var there, _, _, _)) {
                assertThat(there.keySet()).isEqualTo(present);
            } else {
                assertThat(present).isEmpty();
            }
        }
    }

    private static CallState open() {
        return PrivateCall.begin(Wishes.auto(ROOM, CAR), 0).next();
    }

    private static PrivateCall.Step step(CallState state, CallInput input, long now) {
        return PrivateCall.step(state, input, now);
    }
}
