package org.maplebridge.signaling.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.burst.Transcriber;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.burst.BurstDesk;
import org.maplebridge.signaling.burst.BurstRetention;
import org.maplebridge.signaling.burst.BurstTeller;
import org.maplebridge.signaling.burst.Bursts;
import org.maplebridge.signaling.burst.ClosedGroups;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.burst.VoiceFiles;
import org.maplebridge.signaling.command.OrderDesk;
import org.maplebridge.signaling.command.OrderNewsDesk;
import org.maplebridge.signaling.command.SpokenOrderDesk;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.http.BurstController;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.trace.Orders;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What was said: from the floor into files and record, and out again.
@Configuration(proxyBeanMethods = false)
class BurstWiring {
    private static final long RETRY_MILLIS = 1_000;

    @Bean
    VoiceFiles voiceFiles(MaplebridgeProperties properties) {
        return new VoiceFiles(properties.data().resolve("voice"));
    }

    @Bean
    Hearing hearing(RecordStores record, Groups groups, Roster roster) {
        return new Hearing(groups, new ClosedGroups(record.madeGroups()), roster);
    }

    @Bean
    MissedBursts missedBursts(RecordStores record, Hearing hearing, InstantSource clock) {
        return new MissedBursts(record.bursts(), hearing, clock);
    }

    @Bean
    OrderDesk orderDesk(
            RecordStores record, OrderNewsDesk news, Roster roster, Groups groups, Orders traces) {
        return new OrderDesk(record.orders(), news, roster, groups, traces);
    }

    @Bean
    SpokenOrderDesk spokenOrderDesk(
            RecordStores record,
            OrderDesk desk,
            Roster roster,
            InstantSource clock,
            Orders traces) {
        return new SpokenOrderDesk(record.orders(), desk, roster, clock, traces);
    }

    /// None is bundled: whoever has one puts it in this place.
    @Bean
    @ConditionalOnMissingBean
    Transcriber transcriber() {
        return Transcriber.NONE;
    }

    @Bean(destroyMethod = "close")
    BurstDesk burstDesk(
            RecordStores record,
            SpokenOrderDesk orders,
            Transcriber transcriber,
            VoiceFiles files,
            Peers peers,
            Hearing hearing,
            MeterRegistry meters) {
        var desk =
                new BurstDesk(
                        record.bursts(),
                        orders,
                        transcriber,
                        files,
                        new BurstTeller(peers, hearing),
                        System::nanoTime,
                        () -> Thread.sleep(RETRY_MILLIS));
        FunctionCounter.builder("maplebridge.bursts.lost", desk, BurstDesk::lost)
                .description("Bursts of talk given up while the database was away")
                .register(meters);
        return desk;
    }

    /// A private call knows its sides, and stands on the floors that tell us of it: so it is asked
    /// late.
    @Bean(destroyMethod = "close")
    Bursts bursts(
            MediaRelay relay,
            VoiceFiles files,
            Legs legs,
            ObjectProvider<Calls> calls,
            Groups groups,
            BurstDesk desk,
            ScheduledExecutorService timer,
            MaplebridgeProperties properties) {
        return new Bursts(
                relay::record,
                files,
                properties.voice().record(),
                new Bursts.Surroundings(
                        session -> legs.of(session).isPresent(),
                        call -> calls.getObject().sides(call),
                        call -> groups.incidentOf(new GroupId(call.value()))),
                (after, task) -> {
                    var unused = timer.schedule(task, after.toMillis(), TimeUnit.MILLISECONDS);
                },
                desk::put);
    }

    @Bean
    BurstRetention burstRetention(
            RecordStores record,
            VoiceFiles files,
            ScheduledExecutorService timer,
            InstantSource clock,
            MaplebridgeProperties properties) {
        var retention =
                new BurstRetention(
                        record.bursts(),
                        record.recordings()::heldSounds,
                        files,
                        properties.voice().keepDays(),
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("voice-retention").start(retention::round),
                        1,
                        60,
                        TimeUnit.MINUTES);
        return retention;
    }

    @Bean
    BurstController burstController(
            RecordStores record,
            MissedBursts missed,
            Hearing hearing,
            VoiceFiles files,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        return new BurstController(record.bursts(), missed, hearing, files, roster, audit, clock);
    }
}
