package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

class PeersTest {
    private static final Organisation COUNTY = DemoCounty.organisation();
    private static final UnitId CAR = new UnitId("car1");
    private static final UnitId ROOM = new UnitId("xinhe");

    private final Peers peers;

    PeersTest() throws RecordUnavailable {
        peers = new Peers(new Roster(new KnownCounty()));
    }

    @Test
    void aNewerTerminalIsTheUnitAtOnceAndTheFormerIsStillTold() {
        var former = session("s1", "car1", true);
        var newer = session("s2", "car1", true);
        peers.add(former);
        peers.add(newer);

        assertThat(peers.terminalsOf(CAR)).containsExactly(newer);
        assertThat(peers.ofUnit(CAR)).containsExactly(newer);
        assertThat(peers.all()).containsExactlyInAnyOrder(former, newer);

        peers.leaves(former);
        peers.remove(former);
        assertThat(peers.terminalsOf(CAR)).containsExactly(newer);
    }

    @Test
    void nobodyCallsWhoIsLeaving() {
        var console = session("s1", "xinhe", false);
        var other = session("s2", "xinhe", false);
        peers.add(console);
        peers.add(other);
        assertThat(peers.ofUnit(ROOM)).containsExactlyInAnyOrder(console, other);

        peers.leaves(console);
        assertThat(peers.ofUnit(ROOM)).containsExactly(other);
        assertThat(peers.find(console.session())).contains(console);

        peers.remove(console);
        assertThat(peers.all()).containsExactly(other);
        peers.leaves(console);
        peers.add(console);
        assertThat(peers.ofUnit(ROOM)).hasSize(2);
    }

    private static Peer session(String id, String account, boolean terminal) {
        var user = COUNTY.user(new UserId(account)).orElseThrow();
        var role = COUNTY.role(user.role()).orElseThrow();
        var person = new Caller.Person(user, role, "hash", Instant.MAX);
        return new Session(new SessionId(id), person, terminal);
    }

    private record Session(SessionId session, Caller.Person person, boolean isTerminal)
            implements Peer {
        @Override
        public String locale() {
            return "en";
        }

        @Override
        public void send(ServerMessage message) {}

        @Override
        public void open(ServerMessage snapshot) {}

        @Override
        public void end(CloseCode code) {}
    }

    private static final class KnownCounty implements OrganisationStore {
        @Override
        public Optional<Organisation> load() {
            return Optional.of(COUNTY);
        }

        @Override
        public void replace(Organisation organisation) {}

        @Override
        public boolean add(Unit unit, Happening happening) {
            return false;
        }

        @Override
        public boolean add(User user, Happening happening) {
            return false;
        }
    }
}
