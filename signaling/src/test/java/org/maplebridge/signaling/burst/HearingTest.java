package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.burst.Sample.CAR1;
import static org.maplebridge.signaling.burst.Sample.ROOM;
import static org.maplebridge.signaling.burst.Sample.XINHE;
import static org.maplebridge.signaling.burst.Sample.ZEGUO;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Speech;

class HearingTest {
    private static final Set<CallId> OF_CAR1 =
            Set.of(
                    XINHE,
                    new CallId("group-county"),
                    new CallId("team-xinhe-patrol"),
                    new CallId("group-xinhe-station1"));

    private final Hearing hearing = Sample.hearing();
    private final Burst burst =
            Sample.burst(
                    Sample.speech(1, new Listener("car1"), null),
                    2_000,
                    null,
                    CAR1,
                    new UnitId("zeguo-car1"));

    @Test
    void membersAndThoseWhoMayJoinMayHear() {
        assertThat(mayHear("car2", burst)).isTrue();
        assertThat(mayHear("xinhe", burst)).isTrue();
        assertThat(mayHear("xinhe-police", burst)).isTrue();
        assertThat(mayHear("city", burst)).isTrue();
        assertThat(mayHear("zeguo", burst)).isFalse();
        assertThat(mayHear("daxi-car1", burst)).isFalse();
    }

    @Test
    void whoCouldHearItThenMayHearItAgain() {
        assertThat(mayHear("zeguo-car1", burst)).isTrue();
    }

    @Test
    void aPrivateCallIsTheSidesAndTheAuditors() {
        var call = Sample.privately(Sample.burst(speech(), 2_000, null, CAR1), CAR1, ROOM);

        assertThat(mayHear("car1", call)).isTrue();
        assertThat(mayHear("xinhe", call)).isTrue();
        assertThat(mayHear("car2", call)).isFalse();
        assertThat(mayHear("xinhe-police", call)).isFalse();
        assertThat(mayHear("zeguo", call)).isFalse();
        assertThat(mayHear("city", call)).isTrue();
        assertThat(mayHear("admin", call)).isTrue();
    }

    @Test
    void aReaderIsGivenTheGroupsTheyMayJoin() {
        assertThat(hearing.reader(Listener.person("car1")).calls()).isEqualTo(OF_CAR1);
        assertThat(hearing.reader(Listener.person("car1")).privateCalls()).isFalse();
        assertThat(hearing.reader(Listener.person("city")).calls()).contains(XINHE, ZEGUO);
        assertThat(hearing.reader(Listener.person("admin")).unit()).isNull();
        assertThat(hearing.reader(Listener.person("admin")).privateCalls()).isTrue();
    }

    @Test
    void everyMemberWasMeantThereOrNot() {
        assertThat(hearing.meant(burst)).contains(CAR1, ROOM).doesNotContain(new UnitId("zeguo"));
        assertThat(hearing.meant(Sample.privately(burst, CAR1, ROOM)))
                .isEqualTo(Set.of(CAR1, ROOM));
        assertThat(hearing.groupsOf(CAR1)).isEqualTo(OF_CAR1);
    }

    private boolean mayHear(String user, Burst of) {
        return hearing.mayHear(Listener.person(user), of);
    }

    private static Speech speech() {
        return Sample.speech(1, new Listener("car1"), null);
    }
}
