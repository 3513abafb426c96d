package org.maplebridge.load.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void whatWasPromisedHasToBeThere() {
        assertThat(Tally.of(Set.of("a", "b", "c"), List.of("b"))).isEqualTo(new Tally(2, 0));
        assertThat(Tally.of(Set.of(), List.of("b"))).isEqualTo(Tally.NONE);
    }

    @Test
    void nothingMayBeThereTwiceWhetherItWasPromisedOrNot() {
        var found = List.of("a", "a", "a", "b", "c", "c");

        assertThat(Tally.of(Set.of("a", "b"), found)).isEqualTo(new Tally(0, 2));
    }

    @Test
    void severalAreAddedUp() {
        assertThat(new Tally(1, 2).and(new Tally(3, 4))).isEqualTo(new Tally(4, 6));
    }
}
