package org.maplebridge.signaling.boot.intake;

import java.time.InstantSource;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.http.intake.DuplicateController;
import org.maplebridge.signaling.http.intake.IntakeController;
import org.maplebridge.signaling.http.intake.PublicController;
import org.maplebridge.signaling.intake.IntakeDesk;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Reports: the doors they come through, and the one desk behind them.
@Configuration(proxyBeanMethods = false)
@Import({PublicController.class, IntakeController.class, DuplicateController.class})
public class IntakeWiring {
    @Bean
    IntakeSettings intakeSettings(Environment environment) {
        return Binder.get(environment).bindOrCreate(IntakeSettings.PREFIX, IntakeSettings.class);
    }

    @Bean
    IntakeDesk intakeDesk(
            RecordStores record, IntakeSettings settings, Secrets secrets, InstantSource clock) {
        var rules = new ReportRules(settings.area());
        return new IntakeDesk(record.reports(), rules, secrets, _ -> {}, clock);
    }

    @Bean
    PublicAllowance publicAllowance(IntakeSettings settings) {
        return new PublicAllowance(
                settings.reportsPerCode(), settings.reportsPerAddress(), System::nanoTime);
    }
}
