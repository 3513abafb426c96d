package org.maplebridge.signaling.scene.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.signaling.scene.link.Routes.Hop;

/// Between networks only gateways, and every step leads nearer.
class RoutesTest {
    private static final MemberId A = new MemberId("a");
    private static final MemberId B = new MemberId("b");
    private static final MemberId P = new MemberId("p");
    private static final MemberId Q = new MemberId("q");
    private static final MemberId V = new MemberId("v");
    private static final MemberId C = new MemberId("c");
    private static final Hop UNKNOWN = new Hop.Nowhere("");

    private final Map<MemberId, Place> places = new HashMap<>();

    RoutesTest() {
        places.put(A, new Place("police", false));
        places.put(B, new Place("police", false));
        places.put(P, new Place("police", true));
        places.put(V, new Place("video", true));
        places.put(C, new Place("video", false));
    }

    @Test
    void withinANetworkNobodyStandsBetween() {
        assertThat(next(A, B, UNKNOWN)).isEqualTo(over(B));
        assertThat(next(A, P, UNKNOWN)).isEqualTo(over(P));
    }

    @Test
    void intoAnotherNetworkItGoesByBothGateways() {
        assertThat(next(A, C, UNKNOWN)).isEqualTo(over(P));
        assertThat(next(P, C, UNKNOWN)).isEqualTo(over(V));
        assertThat(next(V, C, UNKNOWN)).isEqualTo(over(C));
        assertThat(next(A, V, UNKNOWN)).isEqualTo(over(P));
        assertThat(new Routes(places).linked(P, V)).isTrue();
        assertThat(new Routes(places).linked(A, V)).isFalse();
    }

    @Test
    void withoutAGatewayThereIsNoWayAndItIsSaidWhy() {
        places.remove(V);

        assertThat(next(P, C, UNKNOWN)).isEqualTo(new Hop.Nowhere("no-gateway"));
        places.remove(P);
        assertThat(next(A, C, UNKNOWN)).isEqualTo(new Hop.Nowhere("no-gateway"));
    }

    @Test
    void aSecondGatewayTakesOverAndKeepsWhatItHas() {
        places.put(Q, new Place("police", true));
        var routes = new Routes(places);

        assertThat(routes.next(A, C, over(P), node -> !node.equals(P))).isEqualTo(over(Q));
        assertThat(routes.next(A, C, over(Q), _ -> true)).isEqualTo(over(Q));
        assertThat(routes.next(A, C, over(P), _ -> false)).isEqualTo(over(P));
        places.remove(P);
        assertThat(next(A, C, over(P))).isEqualTo(over(Q));
    }

    /// Whatever each node believes of its links, and whatever it did before.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void atMostThreeStepsAndNoCircle(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var county = county(random);
            var routes = new Routes(county);
            var nodes = List.copyOf(county.keySet());
            var from = nodes.get(random.nextInt(nodes.size()));
            var to = nodes.get(random.nextInt(nodes.size()));
            var trodden = new ArrayList<MemberId>();
            for (var at = from; !at.equals(to); ) {
                Hop before = over(nodes.get(random.nextInt(nodes.size())));
                if (!(routes.next(at, to, before, _ -> random.nextBoolean())
                        instanceof Hop.Over(var next))) {
                    break;
                }
                assertThat(routes.linked(at, next)).isTrue();
                assertThat(trodden).doesNotContain(next).doesNotContain(from);
                trodden.add(next);
                at = next;
            }
            assertThat(trodden.size()).isLessThanOrEqualTo(3);
        }
    }

    private static Map<MemberId, Place> county(Random random) {
        var county = new HashMap<MemberId, Place>();
        int nodes = 1 + random.nextInt(9);
        for (int i = 0; i < nodes; i++) {
            county.put(
                    new MemberId("node-" + i),
                    new Place("net-" + random.nextInt(3), random.nextInt(3) == 0));
        }
        return county;
    }

    private Hop next(MemberId from, MemberId to, Hop before) {
        return new Routes(places).next(from, to, before, _ -> true);
    }

    private static Hop over(MemberId node) {
        return new Hop.Over(node);
    }
}
