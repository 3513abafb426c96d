package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.cluster.Event.Heard;
import org.maplebridge.load.cluster.Event.Talked;

class SidesTest {
    private static final Map<String, Integer> LISTENERS = Map.of("lea", 0, "leo", 2);

    private final Sides sides =
            new Sides(Set.of(0), List.of(talk(1, 0, 100), talk(2, 1, 100), talk(3, 2, 600)));

    @Test
    void talksCountForTheSideTheyWereSaidOn() {
        assertThat(sides.talks(true, 0, 500)).isOne();
        assertThat(sides.talks(false, 0, 500)).isOne();
        assertThat(sides.talks(false, 0, 700)).isEqualTo(2);
    }

    @Test
    void whatOnlyTheOtherSideHeardIsNotHeardThere() {
        var heard = List.of(heard("leo", 1, 110), heard("leo", 2, 110), heard("lea", 3, 610));
        assertThat(sides.heardThere(true, heard, LISTENERS, 0, 1_000)).isZero();
        assertThat(sides.heardThere(false, heard, LISTENERS, 0, 1_000)).isOne();
    }

    @Test
    void theyAreOneAgainWhenTheLastHasHeardTheOthers() {
        var before = heard("leo", 1, 150);
        var first = heard("lea", 3, 620);
        assertThat(sides.joinedNanos(List.of(before, first), LISTENERS, 200)).isEmpty();
        assertThat(sides.joinedNanos(List.of(first, heard("leo", 1, 900)), LISTENERS, 200))
                .hasValue(900);
    }

    private static Talked talk(int burst, int node, long grantedNanos) {
        return new Talked("t" + burst, "g", burst, node, grantedNanos, grantedNanos + 50, true);
    }

    private static Heard heard(String who, int burst, long fromNanos) {
        return new Heard(who, burst, fromNanos, fromNanos + 50, 3);
    }
}
