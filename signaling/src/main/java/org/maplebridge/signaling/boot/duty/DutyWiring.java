package org.maplebridge.signaling.boot.duty;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.message.MessagePort;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.http.duty.CheckInController;
import org.maplebridge.signaling.http.duty.DutyController;
import org.maplebridge.signaling.http.duty.FigureController;
import org.maplebridge.signaling.http.duty.HandOverController;
import org.maplebridge.signaling.http.duty.OutboxController;
import org.maplebridge.signaling.message.MessageDesk;
import org.maplebridge.signaling.message.OutboxAlone;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.security.Roster;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Figures, rosters, and the messages that go out once a matter is closed.
@Configuration(proxyBeanMethods = false)
@Import({
    FigureController.class,
    DutyController.class,
    HandOverController.class,
    CheckInController.class,
    OutboxController.class
})
public class DutyWiring {
    private static final String LOCALE = "zh-CN";
    private static final int ROUND_SECONDS = 2;

    /// An installation with a gateway to telephones registers its own before.
    @Bean
    @ConditionalOnMissingBean
    MessagePort messagePort() {
        return new OutboxAlone();
    }

    @Bean
    MessageDesk messageDesk(
            RecordStores record,
            MessagePort port,
            Roster roster,
            NodeBoard nodes,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var desk =
                new MessageDesk(
                        record.messages(),
                        port,
                        () -> roster.organisation().centre().name().in(LOCALE),
                        nodes::ownAddress,
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("messages").start(desk::round),
                        ROUND_SECONDS,
                        ROUND_SECONDS,
                        TimeUnit.SECONDS);
        return desk;
    }
}
