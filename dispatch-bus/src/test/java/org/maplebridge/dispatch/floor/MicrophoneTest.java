package org.maplebridge.dispatch.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.floor.People.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.floor.Microphone.Input;
import org.maplebridge.dispatch.floor.Microphone.Output;
import org.maplebridge.dispatch.floor.Microphone.State;

class MicrophoneTest {
    private State state = Microphone.joined(0);
    private final List<Output> said = new ArrayList<>();

    @Test
    void whoMaySpeakAndWhoIsBeingStoppedIsLeftAlone() {
        after(new Input.Granted(1), 0);
        after(new Input.Media(), 10 * SECOND);
        after(new Input.Revoked(1), 10 * SECOND);
        after(new Input.Media(), 11 * SECOND);

        assertThat(said).isEmpty();
        assertThat(state).isEqualTo(new State.Revoked(1));
    }

    @Test
    void stragglersAfterTheReleaseAreForgiven() {
        after(new Input.Granted(1), 0);
        after(new Input.Idle(), SECOND);
        after(new Input.Taken(), SECOND);
        after(new Input.Media(), SECOND + Microphone.TOLERANCE_NANOS - 1);
        assertThat(said).isEmpty();

        after(new Input.Media(), SECOND + Microphone.TOLERANCE_NANOS);
        assertThat(said)
                .containsExactly(
                        new Output.WakeAt(
                                SECOND + Microphone.TOLERANCE_NANOS + Microphone.REPEAT_NANOS));
    }

    @Test
    void whoKeepsSendingWithoutPermissionIsWarnedAndThenDisconnected() {
        long now = SECOND;
        after(new Input.Media(), now);
        for (int i = 0; i <= Microphone.MOST_WARNINGS; i++) {
            after(new Input.Media(), now + 1);
            now += Microphone.REPEAT_NANOS;
            after(new Input.Wake(), now);
        }

        assertThat(said.stream().filter(new Output.Warn()::equals))
                .hasSize(Microphone.MOST_WARNINGS);
        assertThat(said).endsWith(new Output.Disconnect());
        assertThat(state).isEqualTo(new State.Disconnected());
        after(new Input.Granted(9), now);
        assertThat(state).isEqualTo(new State.Disconnected());
    }

    @Test
    void whatIsSaidBeforeTheGrantIsNoIntrusion() {
        after(new Input.Media(), SECOND);
        after(new Input.Media(), SECOND + 1);
        after(new Input.Granted(1), SECOND + 2);
        after(new Input.Wake(), SECOND + Microphone.REPEAT_NANOS);

        assertThat(said).doesNotContain(new Output.Warn());
        assertThat(state).isEqualTo(new State.Permitted(1));
    }

    @Test
    void whoStopsAfterTheWarningIsForgiven() {
        after(new Input.Media(), SECOND);
        after(new Input.Taken(), SECOND);
        after(new Input.Wake(), SECOND + Microphone.REPEAT_NANOS);

        assertThat(state).isEqualTo(new State.Listening(SECOND + Microphone.REPEAT_NANOS));
    }

    @Test
    void anOldRevocationDoesNotTouchANewGrant() {
        after(new Input.Granted(2), 0);
        after(new Input.Revoked(1), 1);

        assertThat(state).isEqualTo(new State.Permitted(2));
    }

    @Test
    void whateverHappensAWarningIsNeverGivenToWhoMaySpeak() {
        var random = new SplittableRandom(7);
        long now = 0;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextLong(SECOND);
            boolean mayTalk = state instanceof State.Permitted || state instanceof State.Revoked;
            int before = said.size();
            after(anyInput(random), now);
            assertThat(mayTalk && said.size() > before).isFalse();
            if (state instanceof State.Disconnected) {
                state = Microphone.joined(now);
            }
            said.clear();
        }
    }

    private static Input anyInput(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Input.Granted(random.nextInt(3));
            case 1 -> new Input.Revoked(random.nextInt(3));
            case 2 -> new Input.Idle();
            case 3 -> new Input.Taken();
            case 4 -> new Input.Wake();
            default -> new Input.Media();
        };
    }

    private void after(Input input, long now) {
        Microphone.Step step = Microphone.step(state, input, now);
        state = step.next();
        said.addAll(step.outputs());
    }
}
