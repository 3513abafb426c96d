package org.maplebridge.dispatch.ambient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.ambient.AmbientInput.*;
import org.maplebridge.dispatch.ambient.AmbientOutput.*;
import org.maplebridge.dispatch.ambient.Listening.Phase;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;

class AmbientListeningTest {
    private static final long PATIENCE = 30_000_000_000L;
    private static final SessionId CITY = new SessionId("city");
    private static final SessionId CHIEF = new SessionId("chief");
    private static final CallId ONE = new CallId("one");
    private static final CallId TWO = new CallId("two");

    @Test
    void nothingIsHeardBeforeTheTerminalSaysThatItsMicrophoneIsOpen() {
        var asked = step(Listening.NONE, new Start(ONE, CITY), 5);

        assertThat(asked.outputs())
                .containsExactly(
                        new Permit(), new Ask(ONE), new Asked(ONE, CITY), new WakeAt(5 + PATIENCE));
        assertThat(step(asked.next(), new Opened(), 6).outputs())
                .containsExactly(new Hear(ONE, CITY), new On(ONE, CITY));
    }

    @Test
    void oneOpeningServesAllWhoListen() {
        var on = step(step(Listening.NONE, new Start(ONE, CITY), 0).next(), new Opened(), 1);

        var both = step(on.next(), new Start(TWO, CHIEF), 2);

        assertThat(both.outputs())
                .containsExactly(new Ask(TWO), new Hear(TWO, CHIEF), new On(TWO, CHIEF));
        assertThat(step(both.next(), new Opened(), 3).outputs()).isEmpty();
        var left = step(both.next(), new Stop(ONE, null), 4);
        assertThat(left.outputs())
                .containsExactly(
                        new Unhear(ONE, CITY), new Release(ONE), new Ended(ONE, CITY, null));
        assertThat(step(left.next(), new Stop(TWO, null), 5).outputs())
                .containsExactly(
                        new Unhear(TWO, CHIEF),
                        new Release(TWO),
                        new Ended(TWO, CHIEF, null),
                        new Forbid());
    }

    @Test
    void startingAgainAsksTheTerminalOnce() {
        var asked = step(Listening.NONE, new Start(ONE, CITY), 0).next();
        var on = step(asked, new Opened(), 1).next();

        assertThat(step(asked, new Start(ONE, CITY), 1).outputs())
                .containsExactly(new Asked(ONE, CITY));
        assertThat(step(on, new Start(ONE, CITY), 2).outputs()).containsExactly(new On(ONE, CITY));
        assertThat(step(asked, new Start(TWO, CHIEF), 1).outputs())
                .containsExactly(new Ask(TWO), new Asked(TWO, CHIEF));
    }

    @Test
    void aTerminalThatSaysNothingEndsIt() {
        var asked = step(Listening.NONE, new Start(ONE, CITY), 0).next();

        assertThat(step(asked, new Wake(), PATIENCE - 1).outputs())
                .containsExactly(new WakeAt(PATIENCE));
        assertThat(step(asked, new Wake(), PATIENCE).outputs())
                .containsExactly(
                        new Release(ONE),
                        new Ended(ONE, CITY, AmbientListening.NO_ANSWER),
                        new Forbid());
        var on = step(asked, new Opened(), 1).next();
        assertThat(step(on, new Wake(), PATIENCE).outputs()).isEmpty();
    }

    @Test
    void aMicrophoneThatCannotBeOpenEndsItForAll() {
        var on = step(step(Listening.NONE, new Start(ONE, CITY), 0).next(), new Opened(), 1).next();
        var both = step(on, new Start(TWO, CHIEF), 2).next();

        var failed = step(both, new Failed("microphone busy"), 3);

        assertThat(failed.next()).isEqualTo(Listening.NONE);
        assertThat(failed.outputs())
                .contains(
                        new Ended(ONE, CITY, "microphone busy"),
                        new Ended(TWO, CHIEF, "microphone busy"),
                        new Unhear(ONE, CITY),
                        new Unhear(TWO, CHIEF))
                .endsWith(new Forbid());
        assertThat(step(failed.next(), new Failed("again"), 4).outputs()).isEmpty();
        assertThat(step(failed.next(), new Opened(), 4).outputs()).isEmpty();
    }

    @Test
    void itEndsWithEitherSide() {
        var asked = step(Listening.NONE, new Start(ONE, CITY), 0).next();

        assertThat(step(asked, new UnitLeft(), 1).outputs())
                .contains(new Ended(ONE, CITY, AmbientListening.OFFLINE), new Forbid());
        assertThat(step(asked, new Left(CITY), 1).outputs())
                .containsExactly(new Release(ONE), new Ended(ONE, CITY, null), new Forbid());
        assertThat(step(asked, new Left(CHIEF), 1).outputs()).isEmpty();
        assertThat(step(asked, new Stop(TWO, null), 1).outputs()).isEmpty();
        assertThat(step(Listening.NONE, new UnitLeft(), 1).outputs()).isEmpty();
        assertThat(step(Listening.NONE, new Wake(), 1).outputs()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    /// Who hears is always who listens while the microphone is said to be open, and the microphone
    /// is permitted exactly while somebody listens.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobodyHearsWithoutAnOpening(long seed) {
        var random = new SplittableRandom(seed);
        var hearing = new HashSet<CallId>();
        var asked = new HashSet<CallId>();
        boolean permitted = false;
        var state = Listening.NONE;
        long now = random.nextLong();
        var ids = new HashMap<CallId, SessionId>();
        for (int i = 0; i < 6; i++) {
            ids.put(new CallId("l" + i), List.of(CITY, CHIEF).get(i % 2));
        }
        for (int round = 0; round < 200; round++) {
            now += random.nextLong(PATIENCE / 3);
            var step = step(state, any(random, ids), now);
            for (var output : step.outputs()) {
                switch (output) {
                    case Permit() -> permitted = true;
                    case Forbid() -> permitted = false;
                    case Hear(var id, _) -> assertThat(hearing.add(id)).isTrue();
                    case Unhear(var id, _) -> assertThat(hearing.remove(id)).isTrue();
                    case Ask(var id) -> assertThat(asked.add(id)).isTrue();
                    case Release(var id) -> assertThat(asked.remove(id)).isTrue();
                    case Asked _, On _, Ended _, WakeAt _ -> {}
                }
            }
            state = step.next();
            assertThat(permitted).isEqualTo(!state.listeners().isEmpty());
            assertThat(asked).isEqualTo(state.listeners().keySet());
            if (state.phase() instanceof Phase.On) {
                assertThat(hearing).isEqualTo(state.listeners().keySet());
            } else {
                assertThat(hearing).isEmpty();
            }
        }
    }

    private static AmbientInput any(SplittableRandom random, HashMap<CallId, SessionId> ids) {
        var id = new CallId("l" + random.nextInt(ids.size()));
        var who = ids.getOrDefault(id, CITY);
        return switch (random.nextInt(12)) {
            case 0 -> new Failed("busy");
            case 1 -> new UnitLeft();
            case 2 -> new Left(who);
            case 3, 4 -> new Stop(id, null);
            case 5, 6 -> new Opened();
            case 7 -> new Wake();
            default -> new Start(id, who);
        };
    }

    private static AmbientListening.Step step(Listening state, AmbientInput input, long now) {
        return AmbientListening.step(state, input, PATIENCE, now);
    }
}
