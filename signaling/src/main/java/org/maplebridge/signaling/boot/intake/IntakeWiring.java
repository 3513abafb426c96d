package org.maplebridge.signaling.boot.intake;

import java.time.InstantSource;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.http.intake.CodeController;
import org.maplebridge.signaling.http.intake.DuplicateController;
import org.maplebridge.signaling.http.intake.IntakeController;
import org.maplebridge.signaling.http.intake.OwnershipController;
import org.maplebridge.signaling.http.intake.PublicController;
import org.maplebridge.signaling.intake.AlarmDesk;
import org.maplebridge.signaling.intake.AlarmReading;
import org.maplebridge.signaling.intake.IntakeDesk;
import org.maplebridge.signaling.intake.Ownership;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Reports: the doors they come through, and the one desk behind them.
@Configuration(proxyBeanMethods = false)
@Import({
    PublicController.class,
    IntakeController.class,
    DuplicateController.class,
    OwnershipController.class,
    CodeController.class
})
public class IntakeWiring {
    private static final long RETRY_MILLIS = 1_000;

    @Bean
    IntakeSettings intakeSettings(Environment environment) {
        return Binder.get(environment).bindOrCreate(IntakeSettings.PREFIX, IntakeSettings.class);
    }

    @Bean
    ReportRules reportRules(IntakeSettings settings) {
        return new ReportRules(settings.area());
    }

    @Bean
    IntakeDesk intakeDesk(
            RecordStores record,
            LoopWorkflow workflow,
            ReportRules rules,
            Secrets secrets,
            IncidentNewsDesk news,
            InstantSource clock) {
        return new IntakeDesk(record.reports(), workflow, rules, secrets, news::publish, clock);
    }

    @Bean
    Ownership ownership(RecordStores record) {
        return new Ownership(record.intakeLists());
    }

    /// The organisation has to be there before the first alarm is worked off.
    @Bean(initMethod = "start", destroyMethod = "close")
    AlarmDesk alarmDesk(
            Alarms alarms,
            RecordStores record,
            IntakeDesk desk,
            ReportRules rules,
            Roster roster,
            InstantSource clock) {
        return new AlarmDesk(
                alarms,
                record.intakeLists(),
                desk,
                new AlarmReading(rules),
                roster,
                clock,
                () -> Thread.sleep(RETRY_MILLIS));
    }

    @Bean
    PublicAllowance publicAllowance(IntakeSettings settings) {
        return new PublicAllowance(
                settings.reportsPerCode(), settings.reportsPerAddress(), System::nanoTime);
    }
}
