package org.maplebridge.signaling.boot;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.signaling.http.LegController;
import org.maplebridge.signaling.http.NodeController;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.load.ProcessorTimes;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.node.Succession;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.session.Drain;
import org.maplebridge.signaling.session.Sessions;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// This node among the others, as people are told.
@Configuration(proxyBeanMethods = false)
class NodeWiring {
    /// As busy as the fullest of what can be full: peer connections, sessions, the processor, and
    /// the time of media loops.
    @Bean(destroyMethod = "close")
    NodeBoard nodeBoard(
            DispatchBus bus,
            Peers peers,
            Legs legs,
            NodeLoad load,
            MaplebridgeProperties properties) {
        double most = properties.media().maxLegs();
        return new NodeBoard(
                bus,
                peers,
                () ->
                        Math.max(
                                Math.max(legs.open(), peers.all().size()) / most,
                                Math.max(processor(), load.late())));
    }

    @Bean
    NodeLoad nodeLoad(MediaRelay relay) {
        return new NodeLoad(
                relay,
                relay instanceof RelayNode node ? node.metrics()::lateNanos : () -> new long[0],
                NodeWiring::processors,
                System::nanoTime);
    }

    private static Optional<ProcessorTimes> processors() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.findFirst().flatMap(ProcessorTimes::parse);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // another system than Linux
        }
    }

    @Bean
    Estates estates(DispatchBus bus) {
        return new Estates(bus);
    }

    @Bean
    Succession succession(DispatchBus bus, Estates estates, ScheduledExecutorService timer) {
        return new Succession(bus, estates, timer);
    }

    /// Who balances between nodes is told by readiness; the process is as alive as before.
    @Bean
    Drain drain(
            Sessions sessions, NodeBoard nodes, Microphones microphones, ApplicationContext node) {
        return new Drain(
                sessions,
                nodes,
                microphones,
                draining ->
                        AvailabilityChangeEvent.publish(
                                node,
                                draining
                                        ? ReadinessState.REFUSING_TRAFFIC
                                        : ReadinessState.ACCEPTING_TRAFFIC),
                System::nanoTime);
    }

    @Bean
    NodeController nodeController(Drain drain, NodeBoard nodes, DispatchBus bus, Audit audit) {
        return new NodeController(drain, nodes, bus.self().value(), audit);
    }

    @Bean
    LegController legController(MediaRelay relay, Legs legs, Peers peers) {
        return new LegController(relay, legs, peers);
    }

    /// Share of the machine's processors that this process uses; 0 where nobody can tell.
    private static double processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuLoad())
                : 0;
    }
}
