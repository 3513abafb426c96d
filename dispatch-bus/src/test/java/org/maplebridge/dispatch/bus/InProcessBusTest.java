package org.maplebridge.dispatch.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;

class InProcessBusTest extends BusContract {
    private final InProcessBus bus = InProcessBus.alone(new MemberId("one"));

    @Override
    protected DispatchBus bus() {
        return bus;
    }

    @Test
    void whatAMemberHadIsGoneWhenItsDeathIsTold() {
        InProcessBus other = bus.joinedBy(new MemberId("two"));
        var call = new CallId("group");
        var unit = new UnitId("car1");
        other.floors().take(call, 1, new SessionId("ann"), other.self());
        other.sources().announce(new LiveSource(unit, "s1", other.self(), Instant.EPOCH, Map.of()));
        List<String> told = new ArrayList<>();
        bus.onMembershipChange(
                change -> told.add(change + " " + bus.sources().of(unit).isPresent()));

        other.close();
        other.close();

        assertThat(told).containsExactly("Left[member=two] false");
        assertThat(bus.members()).containsExactly(bus.self());
        assertThat(bus.floors().at(call).orElseThrow().holder()).isNull();
    }
}
