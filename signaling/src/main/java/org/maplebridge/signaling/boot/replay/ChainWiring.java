package org.maplebridge.signaling.boot.replay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.http.replay.JournalSealController;
import org.maplebridge.signaling.replay.Seal;
import org.maplebridge.signaling.replay.chain.JournalCheck;
import org.maplebridge.signaling.replay.chain.JournalProofs;
import org.maplebridge.signaling.replay.chain.JournalSealer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The journal sealed, proved and looked at.
@Configuration(proxyBeanMethods = false)
@Import(JournalSealController.class)
public class ChainWiring {
    @Bean
    JournalSealer journalSealer(
            RecordStores record,
            Seal seal,
            MeterRegistry meters,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var sealer = new JournalSealer(record.seals(), seal, clock);
        Gauge.builder("maplebridge.journal.sealed.entries", sealer, JournalSealer::sealed)
                .description("Entries of the journal that are in a sealed block")
                .register(meters);
        Gauge.builder("maplebridge.journal.unsealed.seconds", sealer, JournalSealer::waitingSeconds)
                .description("For how long entries of the journal have been waiting for a block")
                .register(meters);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("journal-seal").start(sealer::round),
                        JournalSealer.ROUND_SECONDS,
                        JournalSealer.ROUND_SECONDS,
                        TimeUnit.SECONDS);
        return sealer;
    }

    @Bean
    JournalCheck journalCheck(RecordStores record, InstantSource clock) {
        return new JournalCheck(record.seals(), clock);
    }

    @Bean
    JournalProofs journalProofs(RecordStores record) {
        return new JournalProofs(record.seals());
    }
}
