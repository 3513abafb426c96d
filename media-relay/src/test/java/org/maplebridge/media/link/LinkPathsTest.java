package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.leg.TransportEvent;
import org.maplebridge.media.leg.TransportEvent.Connected;
import org.maplebridge.media.leg.TransportEvent.Moved;
import org.maplebridge.media.leg.TransportEvent.PathForgotten;
import org.maplebridge.media.leg.TransportEvent.PathProved;
import org.maplebridge.media.wire.PeerPath;

/// Which way is taken when there are several, and what makes a link leave one.
class LinkPathsTest {
    private static final long MILLI = 1_000_000L;
    private static final PeerPath BEST = path("192.0.2.1");
    private static final PeerPath OTHER = path("192.0.2.2");
    private static final PeerPath LEARNT = path("203.0.113.3");

    private final Queue<TransportEvent> events = new ArrayDeque<>();
    private final LinkPaths paths = new LinkPaths(List.of(BEST, OTHER), events, 0);
    private final List<PeerPath> answering = new ArrayList<>();
    private long nowNanos;
    private long number;
    private int asked;

    @Test
    void theFirstThatAnswersIsTakenAndKept() {
        answering.add(OTHER);
        run(300);
        answering.add(BEST);
        run(60_000);

        assertThat(paths.selected()).isEqualTo(OTHER);
        assertThat(events)
                .containsExactly(new PathProved(OTHER), new Connected(OTHER), new PathProved(BEST));
    }

    @Test
    void aWayThatIsNotAnsweredAnyMoreIsLeftForOneThatIs() {
        answering.addAll(List.of(BEST, OTHER));
        run(10_000);
        assertThat(paths.selected()).isEqualTo(BEST);
        answering.remove(BEST);
        run(3_500);

        assertThat(paths.selected()).isEqualTo(OTHER);
        run(40_000);
        assertThat(events).contains(new PathForgotten(BEST));
        answering.add(BEST);
        run(40_000);
        assertThat(paths.selected()).isEqualTo(OTHER);
        assertThat(paths.proved(BEST)).isTrue();
    }

    @Test
    void checksOfTheOtherEndAloneProveNothing() {
        for (int i = 0; i < 100; i++) {
            paths.checked(BEST, nowNanos);
            paths.checked(LEARNT, nowNanos);
            run(100);
        }

        assertThat(paths.selected()).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void aLearntWayDoesNotMoveALinkWhoseOwnWayAnswers() {
        answering.add(BEST);
        run(10_000);
        answering.add(LEARNT);
        paths.checked(LEARNT, nowNanos);
        run(10_000);

        assertThat(paths.proved(LEARNT)).isTrue();
        assertThat(paths.selected()).isEqualTo(BEST);
    }

    @Test
    void aLearntWayIsTakenSoonWhenTheOwnOneAnswersNoMore() {
        answering.add(BEST);
        run(10_000);
        answering.clear();
        answering.add(LEARNT);
        paths.checked(LEARNT, nowNanos);
        run(500);

        assertThat(paths.selected()).isEqualTo(LEARNT);
        assertThat(events).contains(new Moved(LEARNT));
    }

    @Test
    void onlySoManyAddressesAreLearntAtATimeAndTheVainOnesForgotten() {
        for (int i = 0; i < 50; i++) {
            LinkPath learnt = paths.checked(path("203.0.113." + i), nowNanos);
            assertThat(learnt == null).isEqualTo(i >= LinkPaths.MOST_LEARNT);
        }
        run(5_000);

        assertThat(paths.checked(path("203.0.113.77"), nowNanos)).isNotNull();
    }

    @Test
    void anAnswerCountsOnItsOwnPathAndOnce() {
        LinkPath best = Objects.requireNonNull(paths.due(0));
        best.asked(7, 0);

        assertThat(paths.awaiting(OTHER, 7)).isNull();
        assertThat(paths.awaiting(BEST, 8)).isNull();
        assertThat(paths.awaiting(BEST, 0)).isNull();
        assertThat(paths.awaiting(BEST, 7)).isEqualTo(best);
        paths.answered(best, 7, 0);
        assertThat(paths.awaiting(BEST, 7)).isNull();
    }

    @Test
    void keepAlivesAreRareWhereAWayIsProved() {
        answering.add(BEST);
        run(5_000);
        asked = 0;
        run(60_000);

        assertThat(asked).isBetween(65, 75); // each second there, each five elsewhere
    }

    /// Lets time pass; those that answer do so at once.
    private void run(long millis) {
        for (long end = nowNanos + millis * MILLI; nowNanos < end; nowNanos += 20 * MILLI) {
            paths.tick(nowNanos);
            for (LinkPath due = paths.due(nowNanos); due != null; due = paths.due(nowNanos)) {
                asked++;
                due.asked(++number, nowNanos);
                if (answering.contains(due.path)) {
                    paths.answered(due, number, nowNanos);
                }
            }
        }
    }

    private static PeerPath path(String address) {
        return new PeerPath(0, new InetSocketAddress(address, 5_000));
    }
}
