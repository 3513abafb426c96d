package org.maplebridge.signaling.boot;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ScheduledExecutorService;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.node.Succession;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// This node among the others, as people are told.
@Configuration(proxyBeanMethods = false)
class NodeWiring {
    /// As busy as the fullest of what can be full: peer connections, sessions, the processor.
    @Bean(destroyMethod = "close")
    NodeBoard nodeBoard(DispatchBus bus, Peers peers, Legs legs, MaplebridgeProperties properties) {
        double most = properties.media().maxLegs();
        return new NodeBoard(
                bus,
                peers,
                () -> Math.max(Math.max(legs.open(), peers.all().size()) / most, processor()));
    }

    @Bean
    Estates estates(DispatchBus bus) {
        return new Estates(bus);
    }

    @Bean
    Succession succession(DispatchBus bus, Estates estates, ScheduledExecutorService timer) {
        return new Succession(bus, estates, timer);
    }

    /// Share of the machine's processors that this process uses; 0 where nobody can tell.
    private static double processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuLoad())
                : 0;
    }
}
