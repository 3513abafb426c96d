package org.maplebridge.signaling.boot;

import org.maplebridge.signaling.boot.duty.DutyWiring;
import org.maplebridge.signaling.boot.evidence.EvidenceWiring;
import org.maplebridge.signaling.boot.incident.MeetingWiring;
import org.maplebridge.signaling.boot.intake.IntakeWiring;
import org.maplebridge.signaling.boot.map.MapWiring;
import org.maplebridge.signaling.boot.mediation.ConsultationWiring;
import org.maplebridge.signaling.boot.mediation.MediationWiring;
import org.maplebridge.signaling.boot.objects.ObjectStoreWiring;
import org.maplebridge.signaling.boot.replay.ChainWiring;
import org.maplebridge.signaling.boot.replay.RecordingWiring;
import org.maplebridge.signaling.boot.replay.ReplayWiring;
import org.maplebridge.signaling.boot.trace.TraceWiring;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/// Starts one node. What it is made of stands in the wiring classes named here and nowhere else:
/// nothing is found by scanning.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({
    FoundationWiring.class,
    TelemetryWiring.class,
    SceneWiring.class,
    NodeWiring.class,
    GroupWiring.class,
    CommandWiring.class,
    BurstWiring.class,
    EvidenceWiring.class,
    IntakeWiring.class,
    MapWiring.class,
    DutyWiring.class,
    MeetingWiring.class,
    MediationWiring.class,
    ConsultationWiring.class,
    ReplayWiring.class,
    ChainWiring.class,
    RecordingWiring.class,
    ObjectStoreWiring.class,
    TraceWiring.class,
    WebWiring.class,
    Meters.class,
    NodeLifecycle.class
})
public class Maplebridge {
    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /// Also what tests start.
    static SpringApplication application() {
        var application = new SpringApplication(Maplebridge.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.addListeners(new NodeEnvironment());
        return application;
    }
}
