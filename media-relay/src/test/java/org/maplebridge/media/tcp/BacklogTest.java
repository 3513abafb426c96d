package org.maplebridge.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long MILLI = 1_000_000;

    private final List<String> leftOut = new ArrayList<>();
    private final Backlog.Room room = new Backlog.Room(300);
    private final Backlog<Integer> backlog = backlog();

    private Backlog<Integer> backlog() {
        return new Backlog<>(room, (datagram, reason) -> leftOut.add(datagram + " " + reason));
    }

    @Test
    void keepsTheOrder() {
        backlog.add(1, 0);
        backlog.add(2, 1);
        assertThat(backlog.next(2)).isEqualTo(1);
        assertThat(backlog.next(2)).isEqualTo(2);
        assertThat(backlog.next(2)).isNull();
        assertThat(leftOut).isEmpty();
    }

    @Test
    void whatIsOldIsLeftOutFromTheFront() {
        backlog.add(1, 0);
        backlog.add(2, 300 * MILLI);
        assertThat(backlog.next(400 * MILLI)).isEqualTo(2);
        assertThat(leftOut).containsExactly("1 SLOW_READER");

        backlog.add(3, 500 * MILLI);
        backlog.add(4, 900 * MILLI);
        assertThat(leftOut).containsExactly("1 SLOW_READER", "3 SLOW_READER");
        assertThat(backlog.size()).isEqualTo(1);
    }

    @Test
    void moreThanAKeyFrameDoesNotWait() {
        for (int i = 0; i < 1_000; i++) {
            backlog.add(i, 0);
        }
        assertThat(backlog.size()).isEqualTo(Backlog.MOST);
        assertThat(leftOut).hasSize(1_000 - Backlog.MOST).last().isEqualTo("999 SLOW_READER");
        assertThat(backlog.next(1)).isZero();
    }

    @Test
    void allTogetherHaveSoMuchRoomAndGiveItBack() {
        var other = backlog();
        for (int i = 0; i < Backlog.MOST; i++) {
            backlog.add(i, 0);
            other.add(i, 0);
        }
        assertThat(backlog.size() + other.size()).isEqualTo(300);
        assertThat(leftOut)
                .hasSize(2 * Backlog.MOST - 300)
                .last()
                .asString()
                .endsWith("SLOW_READERS");

        backlog.clear();
        assertThat(backlog.size()).isZero();
        leftOut.clear();
        for (int i = other.size(); i < Backlog.MOST; i++) {
            other.add(i, 0);
        }
        assertThat(leftOut).isEmpty();
        other.next(401 * MILLI);
        assertThat(other.size()).isZero();
        for (int i = 0; i < Backlog.MOST; i++) {
            backlog.add(i, 401 * MILLI);
        }
        assertThat(backlog.size()).isEqualTo(Backlog.MOST);
    }
}
