package org.maplebridge.signaling.boot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.codec.RestJson;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.http.AccountController;
import org.maplebridge.signaling.http.ErrorAdvice;
import org.maplebridge.signaling.http.IncidentActionController;
import org.maplebridge.signaling.http.IncidentController;
import org.maplebridge.signaling.http.IncidentTimeline;
import org.maplebridge.signaling.http.KeyController;
import org.maplebridge.signaling.http.LoopController;
import org.maplebridge.signaling.http.OpenApiController;
import org.maplebridge.signaling.http.OrderController;
import org.maplebridge.signaling.http.OrganisationController;
import org.maplebridge.signaling.http.Outside;
import org.maplebridge.signaling.http.Pages;
import org.maplebridge.signaling.http.RecordController;
import org.maplebridge.signaling.http.UnitController;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Callers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.security.SignIn;
import org.maplebridge.signaling.security.WebSecurity;
import org.maplebridge.signaling.session.Sessions;
import org.maplebridge.signaling.websocket.SocketServlet;
import org.maplebridge.signaling.whip.StreamController;
import org.maplebridge.signaling.whip.Streams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JacksonModule;

/// The doors: REST, pages, WebSocket, WHIP and WHEP behind one filter chain.
@Configuration(proxyBeanMethods = false)
@Import({
    AccountController.class,
    IncidentController.class,
    IncidentActionController.class,
    IncidentTimeline.class,
    LoopController.class,
    OrganisationController.class,
    UnitController.class,
    OpenApiController.class,
    ErrorAdvice.class,
    Outside.class,
    Pages.class
})
class WebWiring {
    @Bean
    SecurityFilterChain doors(
            HttpSecurity http,
            Callers callers,
            NodeBoard nodes,
            InstantSource clock,
            MaplebridgeProperties properties) {
        var siblings =
                new WebSecurity.Siblings() {
                    @Override
                    public boolean isOurs(String origin) {
                        return nodes.isOurs(origin);
                    }

                    @Override
                    public List<String> addressesElsewhere() {
                        return nodes.addressesElsewhere();
                    }
                };
        return WebSecurity.chain(
                http, callers, siblings, clock, properties.limits().bodyKib() * 1_024);
    }

    @Bean
    SignIn signIn(
            RecordStores record,
            Roster roster,
            Audit audit,
            PasswordEncoder encoder,
            Secrets secrets,
            InstantSource clock,
            MaplebridgeProperties properties) {
        return new SignIn(
                record.accounts(),
                roster,
                audit,
                encoder,
                secrets,
                clock,
                System::nanoTime,
                Duration.ofHours(properties.signIn().tokenHours()));
    }

    @Bean
    JacksonModule wireWords() {
        return RestJson.module();
    }

    @Bean
    ServletRegistrationBean<SocketServlet> socketServlet(Sessions sessions) {
        return new ServletRegistrationBean<>(new SocketServlet(sessions), "/ws");
    }

    @Bean
    OrderController orderController(RecordStores record, Roster roster, InstantSource clock) {
        return new OrderController(record.orders(), roster, clock);
    }

    @Bean
    RecordController recordController(
            RecordStores record, Roster roster, Groups groups, InstantSource clock) {
        return new RecordController(record, roster, groups, clock);
    }

    @Bean
    KeyController keyController(
            RecordStores record,
            Secrets secrets,
            Audit audit,
            Streams streams,
            Telephones telephones,
            InstantSource clock) {
        return new KeyController(
                record.apiKeys(),
                secrets,
                audit,
                id -> {
                    streams.endAllOf("key:" + id);
                    telephones.revoked("key:" + id);
                },
                clock);
    }

    @Bean
    StreamController streamController(
            Streams streams,
            Roster roster,
            LiveSight sight,
            NodeLoad load,
            MaplebridgeProperties properties,
            InstantSource clock) {
        return new StreamController(
                streams, roster, sight, load, properties.clientsIceServers(), clock);
    }

    /// Readiness: without a record nothing new can be ordered, watched or opened.
    @Bean("record")
    HealthIndicator recordHealth(RecordStores record) {
        return () -> (record.isAvailable() ? Health.up() : Health.down()).build();
    }

    @Bean("relay")
    HealthIndicator relayHealth(MediaRelay relay) {
        return new RelayHealth(relay);
    }
}
