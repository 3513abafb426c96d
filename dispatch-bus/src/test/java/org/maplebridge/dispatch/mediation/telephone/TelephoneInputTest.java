package org.maplebridge.dispatch.mediation.telephone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Numbers, codes, and who guesses them.
class TelephoneInputTest {
    @Test
    void aNumberIsDigitsHoweverPeopleWriteIt() {
        for (var text : List.of("13800000001", " 138 0000 0001", "138-0000-0001")) {
            assertThat(PhoneNumber.of(text)).contains(new PhoneNumber("13800000001"));
        }
        assertThat(PhoneNumber.of("+86 (576) 8888.1234"))
                .contains(new PhoneNumber("+8657688881234"));
        assertThat(PhoneNumber.of("110").orElseThrow().toString()).doesNotContain("110");
    }

    @Test
    void whatIsNoNumberIsNotDialled() {
        for (var text :
                List.of(
                        "",
                        "12",
                        "+",
                        "1234567890123456",
                        "138+0000",
                        "138;ext=5",
                        "138,5",
                        "sip:a@b",
                        "１３８００００",
                        "138\n000",
                        "*21#13800000001")) {
            assertThat(PhoneNumber.of(text)).as(text).isEmpty();
        }
    }

    @Test
    void aCodeIsNineDigits() {
        int[] next = {0};
        assertThat(AccessCode.make(bound -> next[0]++ % bound).digits()).isEqualTo("012345678");
        assertThat(AccessCode.of("012345678")).isPresent();
        for (var text : List.of("", "12345678", "1234567890", "12345678a", "１２３４５６７８９")) {
            assertThat(AccessCode.of(text)).as(text).isEmpty();
        }
    }

    @Test
    void whoGuessesIsHeardNoMoreForAWhile() {
        var guard = new CodeGuard();
        for (int i = 0; i < CodeGuard.FREE_TRIES; i++) {
            assertThat(guard.tryNanos("a", i)).isZero();
        }
        long left = guard.tryNanos("a", 10);
        assertThat(left).isPositive().isLessThanOrEqualTo(CodeGuard.LOCKED_NANOS);
        assertThat(guard.tryNanos("b", 10)).as("somebody else").isZero();
        assertThat(guard.tryNanos("a", 10 + left)).isZero();
        assertThat(guard.tryNanos("a", 11 + left)).as("counted anew").isZero();
    }

    @Test
    void whoIsRightIsNotCounted() {
        var guard = new CodeGuard();
        for (int i = 0; i < 3 * CodeGuard.FREE_TRIES_OF_ALL; i++) {
            assertThat(guard.tryNanos("a", i)).isZero();
            guard.right("a");
        }
    }

    @Test
    void manyWhoGuessTogetherAreHeardNoMoreEither() {
        var guard = new CodeGuard();
        for (int i = 0; i < CodeGuard.FREE_TRIES_OF_ALL; i++) {
            assertThat(guard.tryNanos("n" + i, i)).isZero();
        }
        assertThat(guard.tryNanos("fresh", 1_000)).isPositive();
        assertThat(guard.tryNanos("fresh", CodeGuard.ALL_NANOS + 1_000)).isZero();
    }
}
