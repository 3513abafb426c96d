package org.maplebridge.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.session.DrainPlan.Guest;

class DrainPlanTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void everybodyIsAskedInAnEvenPace() {
        var plan = new DrainPlan(0, 40 * SECOND);
        var here = new ArrayList<>(guests(300));
        var perSecond = new ArrayList<Integer>();
        for (int second = 0; second < 40; second++) {
            int asked = 0;
            for (int round = 0; round < 5; round++) {
                var due = plan.due(here, second * SECOND + round * SECOND / 5);
                asked += due.size();
                here.removeIf(guest -> due.contains(guest.session()));
            }
            perSecond.add(asked);
        }
        assertThat(perSecond.subList(0, 30)).allSatisfy(n -> assertThat(n).isBetween(6, 14));
        assertThat(perSecond.subList(31, 40)).containsOnly(0);
        assertThat(here).isEmpty();
    }

    @Test
    void whoTalksIsAskedWhenTheTalkIsOver() {
        var plan = new DrainPlan(0, 10 * SECOND);
        var talker = new SessionId("talker");
        var others = guests(3);
        var asked = new HashSet<SessionId>();
        for (long at = 0; at < 9 * SECOND; at += SECOND / 5) {
            var here = new ArrayList<>(others);
            here.addFirst(new Guest(talker, true));
            asked.addAll(plan.due(here, at));
        }
        assertThat(asked).hasSize(3).doesNotContain(talker);

        var here = new ArrayList<>(others);
        here.add(new Guest(talker, false));
        assertThat(plan.due(here, 9 * SECOND)).contains(talker);
    }

    @Test
    void whoDidNotGoIsAskedAgain() {
        var plan = new DrainPlan(0, 60 * SECOND);
        var one = guests(1);
        assertThat(plan.due(one, SECOND)).hasSize(1);
        assertThat(plan.due(one, 5 * SECOND)).isEmpty();
        assertThat(plan.due(one, 6 * SECOND)).hasSize(1);
        assertThat(plan.isOver(60 * SECOND - 1)).isFalse();
        assertThat(plan.isOver(60 * SECOND)).isTrue();
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /// Whoever comes, goes, talks or stays: nobody is asked while talking, nobody too often, and
    /// everybody who is silent in the last quarter was asked.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        var random = new SplittableRandom(seed);
        long deadline = random.nextLong(1, 120) * SECOND;
        var plan = new DrainPlan(0, deadline);
        var here = new ArrayList<>(guests(random.nextInt(0, 60)));
        var lastAsked = new HashMap<SessionId, Long>();
        int names = 1_000;
        for (long at = 0; at < deadline; at += SECOND / 5) {
            for (int i = 0; i < here.size(); i++) {
                if (random.nextInt(20) == 0) {
                    var guest = here.get(i);
                    here.set(i, new Guest(guest.session(), !guest.talks()));
                }
            }
            if (random.nextInt(30) == 0) {
                here.add(new Guest(new SessionId("s" + names++), false));
            }
            var talking = here.stream().filter(Guest::talks).map(Guest::session).toList();
            for (var asked : plan.due(List.copyOf(here), at)) {
                assertThat(talking).doesNotContain(asked);
                Long before = lastAsked.put(asked, at);
                assertThat(before == null || at - before >= 5 * SECOND).isTrue();
                if (random.nextInt(4) > 0) {
                    here.removeIf(guest -> guest.session().equals(asked));
                }
            }
            if (at >= deadline * 0.75) {
                assertThat(here)
                        .allSatisfy(guest ->
                                assertThat(guest.talks() || lastAsked.containsKey(guest.session()))
                                        .isTrue());
            }
        }
    }

    private static List<Guest> guests(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Guest(new SessionId("s" + i), false))
                .toList();
    }
}
