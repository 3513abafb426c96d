package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

class PlacesTest {
    private static final String CAR = "terminal:car1";

    private final Registry registry = new Registry();
    private final Places places = new Places(registry);

    @Test
    void aSessionIsNotLostToTheOneItTakesThePlaceOfWhileItsClaimIsOnTheWay() {
        registry.byPlace.put(CAR, connection("before", "dead"));
        var lost = new ArrayList<Connection>();
        registry.whileClaiming = () -> lost.addAll(places.renew());

        assertThat(places.take(connection("mine", "here")))
                .hasValueSatisfying(
                        former -> assertThat(former.session()).isEqualTo(new SessionId("before")));

        assertThat(lost).isEmpty();
        assertThat(places.renew()).isEmpty();
    }

    @Test
    void whoCameWhileTheRegistryWasAskedIsNotJudgedByItsOldAnswer() {
        places.take(connection("former", "here"));
        registry.whileAsked =
                () -> {
                    registry.whileAsked = () -> {};
                    places.take(connection("newer", "here"));
                };

        assertThat(places.renew()).extracting(Connection::session).doesNotContain(newer());
    }

    @Test
    void whosePlaceAnotherNodeHasIsLost() {
        var ours = connection("ours", "here");
        places.take(ours);
        registry.claim(connection("theirs", "there"));

        assertThat(places.renew()).containsExactly(ours);
        assertThat(places.leave(ours.session())).contains(ours);
        assertThat(places.leave(ours.session())).isEmpty();
        assertThat(registry.at(CAR)).map(Connection::session).contains(new SessionId("theirs"));
    }

    private static SessionId newer() {
        return new SessionId("newer");
    }

    private static Connection connection(String session, String node) {
        return new Connection(
                CAR,
                new SessionId(session),
                new UserId("car1"),
                new UnitId("car1"),
                new MemberId(node),
                Instant.EPOCH);
    }

    /// Answers late, as the real one does while a dead node is being noticed.
    private static final class Registry implements PresenceRegistry {
        final Map<String, Connection> byPlace = new HashMap<>();
        Runnable whileClaiming = () -> {};
        Runnable whileAsked = () -> {};

        @Override
        public Optional<Connection> claim(Connection connection) {
            whileClaiming.run();
            return Optional.ofNullable(byPlace.put(connection.place(), connection));
        }

        @Override
        public boolean release(Connection connection) {
            return byPlace.remove(connection.place(), connection);
        }

        @Override
        public List<Connection> renew(Collection<Connection> mine) {
            var known = Map.copyOf(byPlace);
            whileAsked.run();
            return mine.stream().filter(one -> !one.equals(known.get(one.place()))).toList();
        }

        @Override
        public Optional<Connection> at(String place) {
            return Optional.ofNullable(byPlace.get(place));
        }

        @Override
        public List<Connection> ofUnit(UnitId unit) {
            return all();
        }

        @Override
        public List<Connection> ofUser(UserId user) {
            return all();
        }

        @Override
        public List<Connection> all() {
            return List.copyOf(byPlace.values());
        }
    }
}
