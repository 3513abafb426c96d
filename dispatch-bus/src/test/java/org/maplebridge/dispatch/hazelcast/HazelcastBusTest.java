package org.maplebridge.dispatch.hazelcast;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.maplebridge.dispatch.bus.BusContract;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.model.MemberId;

class HazelcastBusTest extends BusContract {
    private static HazelcastBus bus;

    @BeforeAll
    static void start() {
        String id = "alone-" + ThreadLocalRandom.current().nextInt(1_000_000);
        bus = HazelcastBus.start(HazelcastSettings.alone(new MemberId(id)));
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    @Override
    protected DispatchBus bus() {
        return bus;
    }
}
