package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.hazelcast.HazelcastBus;
import org.maplebridge.dispatch.hazelcast.HazelcastSettings;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// What the node stands on: settings, record, bus, relay, clocks.
@Configuration(proxyBeanMethods = false)
class FoundationWiring {
    @Bean
    MaplebridgeProperties maplebridgeProperties(Environment environment) {
        boolean demo = environment.getProperty(NodeEnvironment.DEMO_ACTIVE, Boolean.class, false);
        return MaplebridgeProperties.read(environment, demo);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Secrets secrets() {
        return new Secrets();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    /// For deadlines only: whoever has work to do hands it to a thread of its own.
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("timer").factory());
    }

    @Bean(destroyMethod = "close")
    RecordStores recordStores(MaplebridgeProperties properties) throws IOException {
        PrivateFile.directory(properties.data());
        var database = properties.database();
        var settings =
                database.url().isBlank()
                        ? JdbcSettings.embedded(properties.data())
                        : JdbcSettings.of(database.url(), database.user(), database.password());
        try {
            return JdbcRecord.open(settings);
        } catch (RecordUnavailable e) {
            throw new StartRefused(
                    "The database cannot be opened: " + e.getMessage() + ".",
                    "Is it running, and does no other node use " + properties.data() + "?",
                    e);
        }
    }

    @Bean
    BackupDoor backupDoor(RecordStores record, MaplebridgeProperties properties) {
        return new BackupDoor(record, properties.data());
    }

    @Bean
    FirstStart.SignInHint signInHint(
            RecordStores record,
            MaplebridgeProperties properties,
            PasswordEncoder encoder,
            Secrets secrets,
            InstantSource clock)
            throws RecordUnavailable, IOException {
        return new FirstStart(record, properties, encoder, secrets, clock).prepare();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    DispatchBus dispatchBus(MaplebridgeProperties properties, Secrets secrets) {
        var self = new MemberId("node-" + secrets.id().substring(0, 12));
        return HazelcastBus.start(
                properties.cluster().members().isEmpty()
                        ? HazelcastSettings.alone(self)
                        : joined(self, properties.cluster()));
    }

    private static HazelcastSettings joined(MemberId self, MaplebridgeProperties.Cluster cluster) {
        try {
            return new HazelcastSettings(
                    cluster.name(),
                    self,
                    cluster.address(),
                    cluster.port(),
                    cluster.members(),
                    cluster.allowPublic());
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "The cluster cannot be joined: " + e.getMessage() + ".",
                    "Give maplebridge.cluster.address and maplebridge.cluster.members in a private"
                            + " network (docs/operations.md shows WireGuard), or say"
                            + " --maplebridge.cluster.allow-public=true when a firewall of yours"
                            + " keeps everybody else out.",
                    e);
        }
    }

    /// Its readers need the relay, and the relay needs it: so it asks for them late.
    @Bean(destroyMethod = "close")
    RelayInbox relayInbox(ObjectProvider<RelayInbox.Readers> readers) {
        Supplier<RelayInbox.Readers> late = readers::getObject;
        return new RelayInbox(late, System::nanoTime);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    MediaRelay mediaRelay(MaplebridgeProperties properties, RelayInbox inbox) {
        var media = properties.media();
        try {
            var standard = RelayConfig.of(media.port(), media.address());
            return RelayNode.start(
                    new RelayConfig(
                            standard.port(),
                            standard.addresses(),
                            media.loops() == 0 ? standard.loops() : media.loops(),
                            media.maxLegs(),
                            standard.batchSend(),
                            media.tcp()),
                    inbox);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(
                    "The media port cannot be had: " + e.getMessage(),
                    "Choose another one by --maplebridge.media.port, or see what uses it.",
                    e);
        }
    }
}
